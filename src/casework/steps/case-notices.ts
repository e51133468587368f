/**
 * What happened beside a case and its card should mention: reached in Teams or not, sessions ended or not.
 * These are remarks for the reader, gone after a restart; nothing is decided from them.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { NoticeCode } from '../ports/card-views.ts';

/** The remarks of each case. */
export interface CaseNotices {
  of(id: CaseId): readonly NoticeCode[];
  note(id: CaseId, notice: NoticeCode): void;
  /** What was true before and is not any more. */
  forget(id: CaseId, over: readonly NoticeCode[]): void;
}

const CASES_REMEMBERED = 1000;

/** Builds an empty memory of remarks. */
export function createCaseNotices(): CaseNotices {
  const notices = new Map<CaseId, ReadonlySet<NoticeCode>>();
  return {
    of: (id) => [...(notices.get(id) ?? [])],
    note(id, notice) {
      if (notices.size >= CASES_REMEMBERED) notices.clear();
      notices.set(id, new Set([...(notices.get(id) ?? []), notice]));
    },
    forget(id, over) {
      const known = notices.get(id);
      if (known !== undefined) notices.set(id, new Set([...known].filter((notice) => !over.includes(notice))));
    },
  };
}

/**
 * One line on a case card: how many approvers or leads were reached, and whom to call when nobody was. It says no more than the
 * ledger proves.
 */
import type { Reach, ToCall } from '../casework/ports/reach-view.ts';
import { plainText } from './plain-text.ts';
import type { Strings } from './strings.ts';

/** The line: our sentence, and beside it names and numbers, which are text of the directory or the configuration. */
export function reachNotice(reach: Reach, strings: Strings): { readonly text: string; readonly more: string } {
  const words = wordsFor(reach.role, strings);
  switch (reach.kind) {
    case 'sending':
      return { text: words.sending, more: '' };
    case 'reached':
      return { text: words.reached(reach.reached, reach.of, reach.listed), more: '' };
    case 'not-reached':
      return { text: words[reach.why], more: ` ${call(reach.call, words.callOne, strings)}` };
  }
}

function wordsFor(role: Reach['role'], { reach }: Strings) {
  switch (role) {
    case 'approver':
      return reach.approver;
    case 'lead':
      return reach.lead;
    case 'lead-asked':
      return reach.leadAsked;
    case 'lead-or-approver':
      return reach.leadOrApprover;
  }
}

function call({ member, contact }: ToCall, callOne: string, { reach }: Strings): string {
  const first = member === null ? '' : `${plainText(member.name)}, ${plainText(member.number)}`;
  const second = contact === null ? '' : plainText(contact);
  if (first !== '' && second !== '') return `${reach.call(first)} ${reach.orCall(second)}`;
  const only = first === '' ? second : first;
  return only === '' ? callOne : reach.call(only);
}

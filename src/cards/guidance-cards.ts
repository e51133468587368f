/**
 * What people can do for themselves: the link the helpdesk sends them, and the answer to anybody who is not helpdesk.
 * Readers learn about their own account only.
 */
import type { MethodKind } from '../procedure/facts.ts';
import type { StoredCase } from '../casework/ports/ledger.ts';
import { plainHead } from './answer-cards.ts';
import { clean, type Tone } from './card-fields.ts';
import { SECURITY_INFO_LINK, SELF_SERVICE_LINK } from './links.ts';
import type { OwnMethod, OwnReadiness } from '../casework/ports/message-views.ts';
import { numbered } from './self-service-card.ts';
import type { CardData, CardFields } from './templates.ts';
import type { Strings } from './strings.ts';

/** More of one's own methods do not help anybody to decide. */
const METHODS_MAX = 8;

/** The fields of `self-service-link`. With a case, the reader can say that it was not them. */
export function linkFields(at: StoredCase | null, methods: readonly MethodKind[], strings: Strings): CardFields {
  const cardStrings = strings.cards['self-service-link'];
  const kinds = [...new Set(methods)].map((kind) => strings.labels.methodKinds[kind]);
  return {
    ...plainHead(at, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    hasWhere: false,
    summary: cardStrings.headline,
    hasMethods: kinds.length > 0,
    canUse: kinds.length > 0 ? strings.phrases.canUse(kinds) : '',
    steps: numbered(strings.selfService.steps),
    link: SELF_SERVICE_LINK,
  };
}

/** The fields of `guidance`. `null`: what anybody may know, in the same strings for everybody. */
export function guidanceFields(view: OwnReadiness | null, strings: Strings): CardFields {
  const cardStrings = strings.cards.guidance;
  const canReset = view === null || view.unread || view.enough;
  return {
    ...plainHead(
      null,
      cardStrings,
      { headline: canReset ? cardStrings.headline : cardStrings.headlineRegister, tone: 'accent' },
      strings,
    ),
    canReset,
    hasOwn: view !== null,
    own: view === null ? '' : ownSentence(view, strings),
    ownTone: view === null ? 'emphasis' : ownTone(view),
    methods: view === null || view.unread ? [] : view.methods.slice(0, METHODS_MAX).map((one) => ownLine(one, strings)),
    steps: canReset ? numbered(strings.selfService.steps) : [],
    register: canReset ? cardStrings.register : cardStrings.registerNow,
    still: canReset ? cardStrings.still : cardStrings.lockedOut,
    link: SELF_SERVICE_LINK,
    registerLink: SECURITY_INFO_LINK,
  };
}

function ownSentence(view: OwnReadiness, strings: Strings): string {
  const cardStrings = strings.cards.guidance;
  if (view.unread) return cardStrings.ownUnread;
  if (view.enough) return cardStrings.ownEnough;
  return view.methods.some((one) => one.counts) ? strings.phrases.registerMore(view.required) : cardStrings.ownNone;
}

function ownTone(view: OwnReadiness): Tone {
  if (view.unread) return 'emphasis';
  return view.enough ? 'good' : 'warning';
}

function ownLine(method: OwnMethod, strings: Strings): CardData {
  const masked = clean(method.masked, '');
  return {
    kind: strings.labels.methodKinds[method.kind],
    masked: masked === '' ? '' : ` ${masked}`,
    worth: ` · ${method.counts ? strings.values.counts : strings.values.countsNot}`,
    color: method.counts ? 'good' : 'default',
  };
}

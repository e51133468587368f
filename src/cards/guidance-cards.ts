/**
 * What people can do for themselves: the link the helpdesk sends them, and the answer to anybody outside the helpdesk.
 * The one rule kept here: a reader learns about themselves only; what they asked changes nothing.
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
export function linkFields(at: StoredCase | null, methods: readonly MethodKind[], words: Strings): CardFields {
  const say = words.cards['self-service-link'];
  const kinds = [...new Set(methods)].map((kind) => words.names.methodKinds[kind]);
  return {
    ...plainHead(at, say, { headline: say.headline, tone: 'accent' }, words),
    hasWhere: false,
    summary: say.headline,
    hasMethods: kinds.length > 0,
    canUse: kinds.length > 0 ? words.phrases.canUse(kinds) : '',
    steps: numbered(words.selfService.steps),
    link: SELF_SERVICE_LINK,
  };
}

/** The fields of `guidance`. `null`: what anybody may know, in the same words for everybody. */
export function guidanceFields(view: OwnReadiness | null, words: Strings): CardFields {
  const say = words.cards.guidance;
  const canReset = view === null || view.unread || view.enough;
  return {
    ...plainHead(null, say, { headline: canReset ? say.headline : say.headlineRegister, tone: 'accent' }, words),
    canReset,
    hasOwn: view !== null,
    own: view === null ? '' : ownSentence(view, words),
    ownTone: view === null ? 'emphasis' : ownTone(view),
    methods: view === null || view.unread ? [] : view.methods.slice(0, METHODS_MAX).map((one) => ownLine(one, words)),
    steps: canReset ? numbered(words.selfService.steps) : [],
    register: canReset ? say.register : say.registerNow,
    still: canReset ? say.still : say.lockedOut,
    link: SELF_SERVICE_LINK,
    registerLink: SECURITY_INFO_LINK,
  };
}

function ownSentence(view: OwnReadiness, words: Strings): string {
  const say = words.cards.guidance;
  if (view.unread) return say.ownUnread;
  if (view.enough) return say.ownEnough;
  return view.methods.some((one) => one.counts) ? words.phrases.registerMore(view.required) : say.ownNone;
}

function ownTone(view: OwnReadiness): Tone {
  if (view.unread) return 'emphasis';
  return view.enough ? 'good' : 'warning';
}

function ownLine(method: OwnMethod, words: Strings): CardData {
  const masked = clean(method.masked, '');
  return {
    kind: words.names.methodKinds[method.kind],
    masked: masked === '' ? '' : ` ${masked}`,
    worth: ` · ${method.counts ? words.values.counts : words.values.countsNot}`,
    color: method.counts ? 'good' : 'default',
  };
}

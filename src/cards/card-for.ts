/**
 * Case → card. Whoever holds `Cards` can draw every card of the product and nothing else.
 * The one rule kept here: a card is a pure function of its view; the template bears the name of the state.
 */
import type { CaseState, StateName } from '../procedure/case.ts';
import type { Letter } from '../casework/ports.ts';
import type { Secret } from '../casework/secret.ts';
import type { PassLetter } from '../casework/turn.ts';
import { refusalFields, refusedFields } from './answer-cards.ts';
import { closedFields } from './closed-card.ts';
import { passLetter } from './pass-card.ts';
import {
  backupMethodFields,
  issuingFields,
  readyFields,
  uncertainFields,
  withdrawingFields,
} from './pass-state-cards.ts';
import { pictureFields } from './picture-card.ts';
import { approvalFields, callbackFields, choosingProofFields, managerFields } from './proof-cards.ts';
import { selfServiceFields } from './self-service-card.ts';
import { loadTemplates, type CardFields, type TemplateName } from './templates.ts';
import type { CaseView, ManualResetView, RefusalView, ViewIn } from './view.ts';
import { english, type Words } from './words.ts';

/** Every card of the product. All are pure; all throw only for a bug (a field a template lacks, an address off the list). */
export interface Cards {
  /** Where the case stands now. */
  caseCard(view: CaseView): Letter;
  /** The pass, shown once; takes the code out of `secret`. Throws when it was taken before. */
  pass(view: CaseView, secret: Secret): PassLetter;
  /** A manual reset was asked for: refused, with the words to read out. */
  refused(view: ManualResetView): Letter;
  /** Any other no. */
  refusal(view: RefusalView): Letter;
}

type Fields = { readonly [Name in StateName]: (view: ViewIn<Name>, words: Words) => CardFields };

const CASE_FIELDS: Fields = {
  'asking-methods': pictureFields,
  'awaiting-self-service': selfServiceFields,
  'choosing-proof': choosingProofFields,
  'awaiting-callback': callbackFields,
  'awaiting-manager': managerFields,
  'awaiting-approval': approvalFields,
  'ready-to-issue': readyFields,
  issuing: issuingFields,
  'uncertain-pass': uncertainFields,
  'awaiting-backup-method': backupMethodFields,
  'withdrawing-pass': withdrawingFields,
  closed: closedFields,
};

/** Parses the templates of `folder` once and returns everything that draws cards. Throws when a template is missing or broken. */
export function loadCards(folder: string, words: Words = english): Cards {
  const templates = loadTemplates(folder);
  const letter = (name: TemplateName, fields: CardFields): Letter => ({
    card: templates.expand(name, fields),
    summary: typeof fields['summary'] === 'string' ? fields['summary'] : '',
  });
  return {
    caseCard: (view) => {
      const { state } = view.stored.case;
      return letter(state.name, fieldsOf(state, view, words));
    },
    pass: (view, secret) => passLetter(templates, view, words, secret),
    refused: (view) => letter('refused', refusedFields(view, words)),
    refusal: (view) => letter('refusal', refusalFields(view, words)),
  };
}

/** The table ties each state to its builder; the lookup cannot, so this is the one place that says so. */
function fieldsOf(state: CaseState, view: CaseView, words: Words): CardFields {
  const build = CASE_FIELDS[state.name] as (view: CaseView & { state: CaseState }, words: Words) => CardFields;
  return build({ ...view, state }, words);
}

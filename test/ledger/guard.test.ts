import assert from 'node:assert/strict';
import type { Case } from '../../src/procedure/case.ts';
import type { LedgerEntry } from '../../src/casework/ports/ledger.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenedLedger } from '../../src/ledger/open.ts';
import { counting, draft, entry, facts, morning, newCaller, openCase, opened, scratch } from './fixtures.ts';

const CANARY = 'Zx7!canary';

describe('Before it writes, the ledger', () => {
  const { file, clean } = scratch();
  let ledger: OpenedLedger;
  before(async () => {
    ledger = await openLedger({ file, now: () => morning, newId: counting() });
  });
  after(async () => {
    await ledger.close();
    clean();
  });

  const refuses = (write: () => Promise<unknown>) =>
    assert.rejects(write, (error: unknown) => {
      assert.ok(error instanceof TypeError);
      assert.ok(!error.message.includes(CANARY), 'the refusal repeats the value');
      return true;
    });

  const notPlain: Readonly<Record<string, unknown>> = {
    'a Secret': new Secret(CANARY),
    'an object': { pass: CANARY },
    'a list with an object in it': [{ pass: CANARY }],
    'a list with a Secret in it': [new Secret(CANARY)],
    'a date': new Date(0),
    'a function': () => CANARY,
    'no number': Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    undefined,
    'a bigint': 1n,
    'a symbol': Symbol(CANARY),
    'a map': new Map([['pass', CANARY]]),
    bytes: Buffer.from(CANARY),
    'a text without end': CANARY.repeat(1000),
  };
  for (const [name, value] of Object.entries(notPlain)) {
    it(`refuses ${name} in the detail of an entry`, async () => {
      const wrong = entry('case.opened', { detail: { value } as unknown as LedgerEntry['detail'] });
      await refuses(() => ledger.record([wrong], morning));
    });
  }

  it('refuses a Secret in place of the whole detail, the code, or a person', async () => {
    const secret = new Secret(CANARY) as never;
    for (const field of ['detail', 'code', 'actor', 'about', 'caseId', 'intentId']) {
      await refuses(() => ledger.record([{ ...entry('case.opened'), [field]: secret }], morning));
    }
  });

  const wrongEntries: Readonly<Record<string, Partial<Record<keyof LedgerEntry | 'pass', unknown>>>> = {
    'a code with a blank or a capital': { code: 'Case opened' },
    'a name in place of a person': { about: 'Lena Hartmann' },
    'an id in capitals': { actor: 'A0000000-0000-4000-8000-00000000000A' },
    'a field the ledger does not know': { pass: CANARY },
    'a detail under an odd name': { detail: { __proto__x: 1 } },
    'a detail that says it was erased': { detail: { erased: true } },
    'an intent without an id': { code: 'pass.create.intent', intentId: null },
    'an outcome without an id': { code: 'pass.create.outcome', intentId: null },
    'case 0': { caseId: 0 },
  };
  for (const [name, over] of Object.entries(wrongEntries)) {
    it(`refuses ${name}`, async () => {
      await refuses(() => ledger.record([{ ...entry('case.opened'), ...over } as LedgerEntry], morning));
    });
  }

  const wrongCases: Readonly<Record<string, Record<string, unknown>>> = {
    'a case with a pass riding along': { pass: CANARY },
    'a case with a Secret riding along': { secret: new Secret(CANARY) },
    'a state the procedure does not know': { state: { kind: 'password-set' } },
    'a state with a field too many': {
      state: { kind: 'choosing-proof', lastAttempt: null, pass: CANARY },
    },
    'a full telephone number in place of a masked one': {
      facts: {
        ...facts,
        methods: {
          kind: 'read',
          value: [{ ref: 'm', kind: 'mobile-phone', masked: '+49 151 2345678', registeredAt: null }],
        },
      },
    },
    'more than two digits of a number on record': {
      facts: {
        ...facts,
        numbers: {
          kind: 'read',
          value: [{ ref: 'n', source: 'directory-office', lastDigits: '5678', changedAt: null, exact: false }],
        },
      },
    },
  };
  for (const [name, over] of Object.entries(wrongCases)) {
    it(`refuses ${name}, at the opening and at a step`, async () => {
      const wrong = { ...draft({ caller: newCaller() }), ...over } as unknown as Omit<Case, 'id'>;
      await refuses(() => ledger.openCase(wrong, opened, morning));
      const good = await openCase(ledger);
      const next = { ...good.case, ...over };
      const entries = [entry('case.went-back', { caseId: good.case.id })];
      await refuses(() => ledger.advance(good, next, entries, morning));
      assert.deepEqual(await ledger.load(good.case.id), good);
    });
  }

  it('refuses a step that leaves no entry, or whose entry names another case', async () => {
    const good = await openCase(ledger);
    await refuses(() => ledger.advance(good, good.case, [], morning));
    await refuses(() => ledger.advance(good, good.case, [entry('case.went-back')], morning));
    await refuses(() => ledger.openCase(draft({ caller: newCaller() }), () => [], morning));
  });

  it('refuses a step that hands the case to somebody else', async () => {
    const good = await openCase(ledger);
    const entries = [entry('case.went-back', { caseId: good.case.id })];
    for (const field of ['technician', 'caller'] as const) {
      const next = { ...good.case, [field]: 'a0000000-0000-4000-8000-000000000099' };
      await refuses(() => ledger.advance(good, next, entries, morning));
    }
  });

  it('takes the detail as it was when it was handed over, whatever happens to the object afterwards', async () => {
    const detail = { outcome: 'nobody' };
    const writing = ledger.record([entry('case.called', { detail })], morning);
    detail.outcome = 'answered-by-caller';
    await writing;
    const [newest] = await ledger.entries({ caseId: null, limit: 1 });
    assert.deepEqual(newest?.detail, { outcome: 'nobody' });
  });
});

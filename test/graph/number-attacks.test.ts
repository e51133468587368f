/**
 * Numbers that an attacker would like to see dialed, on the emulated tenant and through the real client. Each has been on
 * record for so long that its age alone would make it usable.
 */
import assert from 'node:assert/strict';
import type { TenantControl } from '../../demo/tenant/control.ts';
import type { CallerFacts } from '../../src/procedure/facts.ts';
import { usableNumbers } from '../../src/procedure/numbers.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { person, startFernhill, type Fernhill } from '../contracts/fernhill.ts';

const LENA = person(10);
const TESS = person(1);
const YEAR_MS = 366 * 86_400_000;
/** Lena's registered phone stands in the directory, too, so her mobile number there is the one that is left. */
const office = (number: string) => (control: TenantControl) =>
  control.changeNumber({ user: LENA, which: 'businessPhones', number, audited: false });

describe('numbers that prove nothing', () => {
  let tenant: Fernhill | undefined;
  afterEach(async () => {
    await tenant?.close();
    tenant = undefined;
  });

  /** What the technician is offered about Lena's office number, a year after it was put on record. */
  async function lookAt(before: (control: TenantControl) => void) {
    tenant = await startFernhill({}, before);
    await tenant.directory.readSnapshot(LENA);
    tenant.pass(YEAR_MS);
    await tenant.directory.feed.firstRounds();
    const [{ facts, profile }, technicianNumbers] = await Promise.all([
      tenant.directory.readSnapshot(LENA),
      tenant.directory.numbersOf(TESS),
    ]);
    const all: CallerFacts = {
      ...facts,
      technicianNumbers,
      history: { kind: 'unread', why: 'not-asked' },
      closeToTechnician: { kind: 'unread', why: 'not-asked' },
    };
    const opinions = usableNumbers(all, DEFAULT_POLICY, tenant.now());
    const found = opinions.find(({ number }) => number.source === 'directory-office');
    const shown = profile?.numbers.find(({ ref }) => ref === found?.number.ref)?.display;
    return { usable: found?.usable ?? false, whyNot: found?.whyNot ?? null, others: found?.number.others, shown };
  }

  for (const [what, number, whyNot] of [
    ['the emergency number', '112', 'not-a-telephone-number'],
    ['an extension alone', 'x4711', 'not-a-telephone-number'],
    ['an extension written as a short number', '4711', 'not-a-telephone-number'],
    ['a link', 'javascript:alert(55)', 'not-a-telephone-number'],
    ['a link to dial', 'tel:+493055501010', 'not-a-telephone-number'],
    ['a sentence around a number', 'call Bob on +49 30 55501099', 'not-a-telephone-number'],
    ['40 digits', '4930555010'.repeat(4), 'not-a-telephone-number'],
    ['more digits than a number can have', '+49 30 5550101012345', 'not-a-telephone-number'],
    ['a number of a country that does not exist', '+999 30 55501010', 'not-a-telephone-number'],
    ['a premium number', '+49 900 1234567', 'not-a-personal-number'],
    ['a shared-cost number', '+49 180 1234567', 'not-a-personal-number'],
    ['a company-wide number', '+32 78 15 15 15', 'not-a-personal-number'],
    ['a number that follows whoever rents it', '+49 700 12345678', 'not-a-personal-number'],
  ] as const) {
    it(`does not offer ${what}, and says why`, async () => {
      const { usable, whyNot: why } = await lookAt(office(number));
      assert.deepEqual({ usable, why }, { usable: false, why: whyNot });
    });
  }

  for (const [what, number] of [
    ['as it is in the directory', '+49 30 5550 1001'],
    ['written in another way', '030 55501001'],
    ['registered for signing in', '+49 171 3920001'],
  ] as const) {
    it(`does not offer the technician their own number, ${what}`, async () => {
      const { usable, whyNot } = await lookAt(office(number));
      assert.deepEqual({ usable, whyNot }, { usable: false, whyNot: 'the-technicians-own' });
    });
  }

  it('says of a number of five people that four others have it, however it is written', async () => {
    const { usable, others } = await lookAt((control) => {
      office('+49 30 5550 4711')(control);
      control.changeNumber({ user: person(12), which: 'businessPhones', number: '030 55504711', audited: false });
      control.changeNumber({ user: person(13), which: 'mobilePhone', number: '+49 (0)30 5550-4711', audited: false });
      control.changeNumber({ user: person(14), which: 'businessPhones', number: '0049 30 55504711', audited: false });
      control.changeNumber({ user: person(15), which: 'businessPhones', number: '+493055504711', audited: false });
    });
    assert.deepEqual({ usable, others }, { usable: true, others: { kind: 'read', value: 4 } });
  });

  it('takes the number of a switchboard as theirs when the extension is', async () => {
    const switchboard = (extension: string): string => `+49 30 5550 4000 ext. ${extension}`;
    const { usable, others, shown } = await lookAt((control) => {
      office(switchboard('12'))(control);
      control.changeNumber({ user: person(12), which: 'businessPhones', number: switchboard('13'), audited: false });
      control.changeNumber({ user: TESS, which: 'businessPhones', number: '+49 30 5550 4000', audited: false });
    });
    assert.deepEqual({ usable, others }, { usable: true, others: { kind: 'read', value: 0 } });
    assert.equal(shown, '+49 30 55504000 ext. 12');
  });

  it('offers a number of their own', async () => {
    const { usable, others, shown } = await lookAt(() => undefined);
    assert.deepEqual({ usable, others }, { usable: true, others: { kind: 'read', value: 0 } });
    assert.equal(shown, '+49 30 55501010');
  });

  it('cannot tell who shares a number before it knows everybody, and offers none until then', async () => {
    tenant = await startFernhill({}, (control) =>
      control.fault({ kind: 'status', status: 403, path: '/v1.0/users', times: 50 }),
    );
    const { numbers } = (await tenant.directory.readSnapshot(LENA)).facts;
    assert.ok(numbers.kind === 'read');
    assert.deepEqual(
      numbers.value.map(({ others }) => others.kind),
      numbers.value.map(() => 'unread'),
    );
  });
});

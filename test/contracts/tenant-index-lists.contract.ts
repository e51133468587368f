/** What the TenantIndex port promises about events, risks, registrations and members. */
import assert from 'node:assert/strict';
import type { TenantEvent, TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import type { GroupId, RegistrationFacts, RiskFacts } from '../../src/procedure/facts.ts';
import { lena, minutesLater, morning, noah, tess, tom } from '../ledger/fixtures.ts';

const approvers = 'c0000000-0000-4000-8000-000000000001' as GroupId;
const leads = 'c0000000-0000-4000-8000-000000000002' as GroupId;
const registered: RegistrationFacts = {
  ssprEnabled: true,
  ssprRegistered: true,
  ssprCapable: false,
  hasSecurityQuestions: true,
  reportAt: null,
};
const risk = (level: RiskFacts['level'], confirmedCompromised = false): RiskFacts => ({ level, confirmedCompromised });

function event(id: string, minute: number, over: Partial<TenantEvent> = {}): TenantEvent {
  return { id, at: minutesLater(minute), about: lena, what: { kind: 'pass-created' }, ...over };
}

export function listPromises(index: () => TenantIndex): void {
  const idsAbout = async (...people: Parameters<TenantIndex['eventsAbout']>[0]) =>
    (await index().eventsAbout(people, morning)).map(({ id }) => id);

  it('gives every kind of event back as it came', async () => {
    const whats: readonly TenantEvent['what'][] = [
      { kind: 'self-service', progress: { step: 'failed', reason: 'The user gave up', at: morning } },
      { kind: 'self-service', progress: { step: 'succeeded', reason: null, at: morning } },
      { kind: 'security-info', activity: 'User registered security info' },
      { kind: 'pass-created' },
      { kind: 'pass-deleted' },
      { kind: 'reset-by-administrator' },
      { kind: 'policy-changed' },
    ];
    const events = whats.map((what, n) => event(`e${n}`, n, { what }));
    await index().write({ events });
    assert.deepEqual(await index().eventsAbout([lena], morning), events);
  });

  it('keeps an event that comes again once, as it came first, and the oldest first, however they arrive', async () => {
    await index().write({ events: [event('late', 9), event('early', 1), event('late', 9)] });
    await index().write({ events: [event('middle', 5), event('early', 1, { what: { kind: 'pass-deleted' } })] });
    const events = await index().eventsAbout([lena], morning);
    assert.deepEqual(
      events.map(({ id, what }) => [id, what.kind]),
      [
        ['early', 'pass-created'],
        ['middle', 'pass-created'],
        ['late', 'pass-created'],
      ],
    );
  });

  it('keeps one entry of the log for each of the people it is about', async () => {
    await index().write({ events: [event('both', 1), event('both', 1, { about: noah })] });
    assert.deepEqual(await idsAbout(lena), ['both']);
    assert.deepEqual(await idsAbout(noah), ['both']);
    assert.deepEqual(await idsAbout(lena, noah), ['both', 'both']);
  });

  it('gives events about the people asked for, since the moment asked for, that moment included', async () => {
    await index().write({ events: [event('a', 1), event('b', 2), event('n', 3, { about: noah })] });
    const events = await index().eventsAbout([lena, tess], minutesLater(2));
    assert.deepEqual(
      events.map(({ id }) => id),
      ['b'],
    );
    assert.deepEqual(await index().eventsAbout([], morning), []);
  });

  it('forgets events older than a moment, however many, and nothing else', async () => {
    const many = Array.from({ length: 1_200 }, (_, n) => event(`old${n}`, 0));
    const seen = { kind: 'logged-change', at: morning, seenAt: morning } as const;
    await index().write({ events: [...many, event('new', 1)], sightings: [{ person: lena, fact: 'manager', seen }] });
    await index().forgetEventsBefore(minutesLater(1));
    assert.deepEqual(await idsAbout(lena), ['new']);
    assert.equal((await index().factsAbout(lena)).facts.size, 1);
  });

  it('knows the newest risk of a person, whatever order it comes in', async () => {
    const read = (level: RiskFacts['level'], minute: number) =>
      index().write({ risks: [{ person: lena, facts: risk(level), at: minutesLater(minute) }] });
    await read('medium', 5);
    await read('high', 9);
    await read('low', 7);
    assert.deepEqual(await index().riskOf(lena), risk('high'));
    assert.equal(await index().riskOf(noah), null);
  });

  it('has nobody at risk who is not in a complete list of risks', async () => {
    const listed = { person: tess, facts: risk('high', true), at: morning };
    await index().write({ risks: [{ person: lena, facts: risk('low'), at: morning }, listed] });
    await index().write({ risks: [listed], risksAreComplete: true });
    assert.equal(await index().riskOf(lena), null);
    assert.deepEqual(await index().riskOf(tess), risk('high', true));
    await index().write({ risks: [], risksAreComplete: true });
    assert.equal(await index().riskOf(tess), null);
  });

  it('believes a complete list when its row differs at the same moment', async () => {
    await index().write({ risks: [{ person: lena, facts: risk('high'), at: morning }] });
    await index().write({ risks: [{ person: lena, facts: risk('high', true), at: morning }], risksAreComplete: true });
    assert.deepEqual(await index().riskOf(lena), risk('high', true));
  });

  it('knows the registration that was read last, whatever order it comes in', async () => {
    const later = { facts: { ...registered, ssprCapable: true, reportAt: morning }, readAt: minutesLater(5) };
    await index().write({ registrations: [{ person: lena, known: later }] });
    await index().write({ registrations: [{ person: lena, known: { facts: registered, readAt: morning } }] });
    assert.deepEqual(await index().registrationOf(lena), later);
    assert.equal(await index().registrationOf(noah), null);
  });

  it('tells a group without members from a group that was not read', async () => {
    assert.equal(await index().membersOf(approvers), null);
    await index().write({ members: [{ group: approvers, people: [] }] });
    assert.deepEqual(await index().membersOf(approvers), []);
    assert.equal(await index().membersOf(leads), null);
  });

  it('replaces the members of a group, and of no other', async () => {
    await index().write({
      members: [
        { group: approvers, people: [tess, tom] },
        { group: leads, people: [tess] },
      ],
    });
    await index().write({ members: [{ group: approvers, people: [lena, tom, tom] }] });
    assert.deepEqual(await index().membersOf(approvers), [tom, lena]);
    assert.deepEqual(await index().membersOf(leads), [tess]);
  });
}

/** What the Ledger port promises about messages, chats and the cards in them. */
import assert from 'node:assert/strict';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { Ledger, LedgerEntry, StoredCase } from '../../src/casework/ports/ledger.ts';
import { askingMethods, entry, lena, minutesLater, morning, openCase, tess, tom } from '../ledger/fixtures.ts';

export function chatPromises(ledger: () => Ledger): void {
  const openOne = (over: Partial<Omit<Case, 'id'>> = {}): Promise<StoredCase> => openCase(ledger(), over);
  const moved = (from: StoredCase, to: Case['state']): Case => ({ ...from.case, state: to });
  const choosing: Case['state'] = { kind: 'choosing-proof', lastAttempt: null };
  const step = (id: CaseId): readonly LedgerEntry[] => [entry('case.went-back', { caseId: id })];

  it('acts once on an activity the channel delivers twice, also at the same time', async () => {
    const seen = await Promise.all(['1:a', '1:a', '1:b'].map((id) => ledger().firstSight(id, morning)));
    assert.deepEqual(seen, [true, false, true]);
    assert.equal(await ledger().firstSight('1:a', minutesLater(30)), false);
  });

  it('records an arrival once, with the entries it leads to and the chat it came from', async () => {
    const arrival = (reference: string) => ({
      activityId: '1:a',
      conversation: { person: tess, reference, language: 'de' },
      roles: ['technician'],
    });
    const intent = entry('snapshot.read.intent', { intentId: 'a' });
    const answers = await Promise.all(
      ['one', 'two'].map((reference) => ledger().recordArrival(arrival(reference), [intent], morning)),
    );
    assert.deepEqual(answers, ['first', 'repeated']);
    assert.equal((await ledger().entries({ caseId: null, limit: 10 })).length, 1);
    assert.deepEqual(await ledger().conversationOf(tess), { person: tess, reference: 'one', language: 'de' });
    assert.deepEqual(await ledger().peopleAs('technician'), [tess]);
    assert.equal(await ledger().firstSight('1:a', minutesLater(1)), false);
  });

  it('knows the language of the last contact', async () => {
    await ledger().rememberConversation({ person: lena, reference: 'r', language: 'en' }, [], morning);
    await ledger().rememberConversation({ person: lena, reference: 'r', language: 'fr' }, [], minutesLater(1));
    assert.equal((await ledger().conversationOf(lena))?.language, 'fr');
  });

  it('gives the people last seen in a role, the latest first, when an hour lies between', async () => {
    const key = (who: typeof tess) => ({ person: who, reference: 'r', language: 'en' });
    await ledger().rememberConversation(key(tess), ['approver'], morning);
    await ledger().rememberConversation(key(tom), ['approver'], minutesLater(30));
    assert.deepEqual(await ledger().peopleAs('approver'), [tom, tess]);
    await ledger().rememberConversation(key(tess), ['approver'], minutesLater(100));
    assert.deepEqual(await ledger().peopleAs('approver'), [tess, tom]);
  });

  it('remembers the newest conversation of a person', async () => {
    assert.equal(await ledger().conversationOf(lena), null);
    await ledger().rememberConversation({ person: lena, reference: 'old', language: 'en' }, [], morning);
    await ledger().rememberConversation({ person: lena, reference: 'new', language: 'en' }, [], minutesLater(1));
    assert.deepEqual(await ledger().conversationOf(lena), { person: lena, reference: 'new', language: 'en' });
    assert.equal(await ledger().conversationOf(tess), null);
  });

  it('keeps what it knew of the roles when they could not be read', async () => {
    await ledger().rememberConversation(
      { person: tess, reference: 'a', language: 'en' },
      ['approver', 'lead'],
      morning,
    );
    await ledger().rememberConversation({ person: tess, reference: 'b', language: 'en' }, null, minutesLater(1));
    assert.deepEqual(await ledger().peopleAs('lead'), [tess]);
    assert.deepEqual(await ledger().conversationOf(tess), { person: tess, reference: 'b', language: 'en' });
    await ledger().rememberConversation({ person: tess, reference: 'c', language: 'en' }, [], minutesLater(2));
    assert.deepEqual(await ledger().peopleAs('approver'), []);
  });

  it('remembers where the card of a case stands', async () => {
    const { case: known } = await openOne();
    assert.equal(await ledger().cardOf(known.id), null);
    await ledger().rememberCard(known.id, { conversation: 'chat', activity: '1' });
    await ledger().rememberCard(known.id, { conversation: 'chat', activity: '2' });
    assert.deepEqual(await ledger().cardOf(known.id), { conversation: 'chat', activity: '2' });
  });

  it('remembers one request card for each person, and gives them away once', async () => {
    const {
      case: { id },
    } = await openOne();
    await ledger().rememberRequestCard(id, 'approval', tess, { conversation: 'chat', activity: '1' });
    await ledger().rememberRequestCard(id, 'approval', tess, { conversation: 'chat', activity: '2' });
    const cards = [{ person: tess, place: { conversation: 'chat', activity: '2' } }];
    assert.deepEqual(await ledger().requestCardsOf(id, 'approval'), cards);
    assert.deepEqual(await ledger().requestCardsOf(id, 'manager-question'), []);
    assert.deepEqual(await ledger().takeRequestCards(id, 'approval'), cards);
    assert.deepEqual(await ledger().requestCardsOf(id, 'approval'), []);
  });

  it('holds the card of a case from a step until the time it names, and no longer', async () => {
    const first = await openOne();
    const { id } = first.case;
    assert.equal(await ledger().isCardHeld(id, morning), false);
    const hold = { holdCardUntil: minutesLater(61) };
    await ledger().advance(first, moved(first, choosing), step(id), minutesLater(1), hold);
    assert.equal(await ledger().isCardHeld(id, minutesLater(1)), true);
    assert.equal(await ledger().isCardHeld(id, minutesLater(60)), true);
    assert.equal(await ledger().isCardHeld(id, minutesLater(61)), false);
  });

  it('holds it no longer once it was released, or once the case took another step', async () => {
    const hold = { holdCardUntil: minutesLater(61) };
    for (const end of ['released', 'moved on', 'came too late'] as const) {
      const first = await openOne();
      const { id } = first.case;
      const answer = await ledger().advance(first, moved(first, choosing), step(id), morning, hold);
      assert.ok(answer.kind === 'written');
      if (end === 'released') await ledger().releaseCard(id);
      const from = end === 'came too late' ? first : answer.stored;
      if (end !== 'released') await ledger().advance(from, moved(first, askingMethods), step(id), morning);
      assert.equal(await ledger().isCardHeld(id, minutesLater(1)), end === 'came too late', end);
    }
  });
}

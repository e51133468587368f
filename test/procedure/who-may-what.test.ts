// The authorization matrix: every set of roles × every press × every state × what the person is to the case.
// who-may-what.json says who may; everything else is denied.
import assert from 'node:assert/strict';
import type { Case } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { maySee } from '../../src/casework/turns/access.ts';
import { ACTIONS, type Role } from '../../src/procedure/actions.ts';
import { CALLER, caseIn, COLLEAGUE, MANAGER, NOW, ONE_OF_EACH, POLICY, TECHNICIAN } from './people.ts';
import { allows, EVENTS, INTENTS, mayDo, PEOPLE, ROLES, RULES, STATES } from './presses.ts';
import { tally } from '../security/tally.ts';
import table from './who-may-what.json' with { type: 'json' };

/** Roles first, then the case; nothing else decides. */
function isAllowed(press: string, roles: ReadonlySet<Role>, by: PersonId, at: Case): boolean {
  const event = EVENTS[press];
  assert.ok(event !== undefined, press);
  if (!mayDo(roles, press)) return false;
  const taken = step(at, event(by, at, roles), POLICY, NOW);
  if (taken.kind !== 'moved') return false;
  const { state } = taken.case;
  return !(state.kind === 'closed' && 'stops' in state.closing && state.closing.stops.length > 0);
}

describe('Who may do what', () => {
  let cells = 0;
  let allowed = 0;

  for (const press of Object.keys(EVENTS)) {
    it(`${press}: as the table says, in every state, for every role, whatever their part in the case`, () => {
      const rules = RULES.filter((rule) => rule.kind === press);
      for (const roles of ROLES) {
        for (const [relation, by] of Object.entries(PEOPLE)) {
          for (const [name, state] of STATES) {
            const at = { ...caseIn(state), caller: relation === 'own-about-self' ? TECHNICIAN : CALLER };
            const expected = rules.some((rule) => allows(rule, roles, relation, name));
            const cell = `${press} by ${roles.join('+') || 'nobody'}, ${relation}, in ${name}`;
            assert.equal(isAllowed(press, new Set(roles), by, at), expected, cell);
            cells += 1;
            allowed += expected ? 1 : 0;
          }
        }
      }
    });
  }

  it('was asked in more than 10,000 cells, of which few are allowed', () => {
    assert.ok(cells > 10_000, `${cells} cells`);
    assert.ok(allowed > 500 && allowed < cells / 8, `${allowed} of ${cells} are allowed`);
    tally({ section: 'Who may do what', held: cells, of: cells, note: `${allowed} of them allowed` });
  });

  it('has a rule for every press, every state, every relation and every role, and no rule about anything else', () => {
    assert.deepEqual(new Set(RULES.map((rule) => rule.kind)), new Set(Object.keys(EVENTS)));
    assert.deepEqual(
      table.states,
      STATES.map(([name]) => name),
    );
    assert.deepEqual(table.relations, Object.keys(PEOPLE));
    for (const rule of RULES) {
      for (const place of rule.in) assert.ok(place === 'every' || table.states.includes(place), place);
      for (const who of rule.who) assert.ok(table.relations.includes(who), who);
      for (const role of rule.may)
        assert.ok(role === 'anyone' || ROLES.some((set) => set.includes(role as Role)), role);
    }
  });

  it('never lets anybody decide about an approval they asked for, or that is about them, whatever roles they hold', () => {
    const at = caseIn(ONE_OF_EACH.find((state) => state.kind === 'awaiting-approval') ?? assert.fail());
    for (const by of [TECHNICIAN, CALLER]) {
      for (const approved of [true, false]) {
        const event = {
          kind: 'approval-decided',
          by,
          roles: ['approver'],
          approved,
          subject: 's',
          reasonGiven: true,
        } as const;
        assert.equal(step(at, event, POLICY, NOW).kind, 'refused');
      }
    }
  });

  it('lets nobody write anything but what their roles allow', () => {
    for (const { say, may } of table.words) {
      for (const roles of ROLES) {
        const expected = may.some((role) => roles.includes(role as Role));
        assert.equal(mayDo(new Set(roles), say), expected, `${say} by ${roles.join('+') || 'nobody'}`);
      }
    }
    const covered = new Set([...table.words.map(({ say }) => say), ...RULES.map((rule) => rule.kind)]);
    for (const what of [...Object.keys(ACTIONS), ...Object.keys(INTENTS)]) {
      assert.ok(covered.has(what), `${what} can be done and has no row`);
    }
  });

  it('shows a case to its technician, and to approvers, auditors and leads; to nobody else, its caller included', () => {
    const stored = { case: caseIn({ kind: 'choosing-proof', lastAttempt: null }), version: 1 } as Parameters<
      typeof maySee
    >[2];
    for (const roles of ROLES) {
      const oversees = roles.some((role) => role !== 'technician');
      assert.equal(maySee(TECHNICIAN, new Set(roles), stored), true);
      for (const person of [COLLEAGUE, CALLER, MANAGER]) assert.equal(maySee(person, new Set(roles), stored), oversees);
    }
  });
});

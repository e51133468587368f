/**
 * Builds casework from the ports. Every part is built once, in order, and gets only what it needs, so that this file shows what
 * casework consists of. It makes no decision.
 */
import { createBackground } from './ports/background.ts';
import type { Cards } from './ports/cards.ts';
import type { Policy } from '../procedure/policy.ts';
import { createCasework } from './turns/handle-turn.ts';
import { closeRequests } from './outbox/closed-requests.ts';
import { createProfiles } from './steps/profiles.ts';
import type { Services } from './services.ts';
import { createSlowFacts } from './background/slow-facts.ts';
import type { IssueParts } from './steps/issue-pass.ts';
import { createCardMessages } from './outbox/card-messages.ts';
import { isUnwritable } from './ports/fault.ts';
import { createLeadLine, watchLedger } from './background/ledger-watch.ts';
import { createMending } from './background/mending.ts';
import { lookForSpike, modeLine, tellOfModeAgain } from './turns/mode-commands.ts';
import { openModes } from './background/modes.ts';
import { createRequestOffers } from './steps/offer-requests.ts';
import type { OpenParts } from './steps/open-case.ts';
import { readFactsAgain, readFactsForStep } from './steps/read-facts.ts';
import { createAnswerNonHelpdesk } from './turns/non-helpdesk.ts';
import { createNoticesOf } from './outbox/case-notices.ts';
import { createMembersOf } from './outbox/role-members.ts';
import { tellOfCheckpoints } from './background/checkpoint-cards.ts';
import type { StoredCase } from './ports/ledger.ts';
import { REAL_TIMING } from './ports/runtime.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createRedraws } from './outbox/redraws.ts';
import { createReachOf } from './outbox/reach.ts';
import { reachAgain } from './background/reach-again.ts';
import { lookForPassesAtStart, reportPasses } from './background/passes-at-start.ts';
import { recover, recoverLost, closeOldIntents } from './background/recovery.ts';
import { createDuty } from './background/duty.ts';
import { recordStart, recordStop, recordVerdict } from './background/run-entries.ts';
import { createRunCase } from './steps/run-case.ts';
import { createOverallLimits } from './steps/overall-limits.ts';
import { createSenderLimits, SENDER_LIMITS } from './steps/sender-limits.ts';
import { createGuardRefusals } from './steps/guard-refusals.ts';
import { asNewTurn } from './ports/turn-id.ts';
import { withTurns } from './steps/entries-of-turns.ts';
import { createFollowUp } from './background/follow-up.ts';
import { createRolesOf } from './turns/access.ts';
import type { BuiltCasework, CaseworkParts } from './casework-parts.ts';

const SPIKE_CALLERS = 10;

/** Builds casework. Reads the current mode from the ledger; throws Fault when that fails. */
export async function buildCasework(parts: CaseworkParts): Promise<BuiltCasework> {
  const { directory, cards, messenger, runtime, wait, log, timeZone, selfServiceUrl } = parts;
  const kept = withTurns(parts.ledger);
  const ownTurn = <T>(work: () => Promise<T>): Promise<T> => asNewTurn(runtime.newId(), work);
  const now = () => runtime.now();
  const { timing = REAL_TIMING, background = createBackground(log) } = parts;
  const leads = createLeadLine({ ledger: kept, messenger, cards, log });
  const watch = { ledger: kept, runtime, timing, background, log, tellLeads: leads.tell };
  const ledgerWatch = watchLedger(watch);
  const { ledger } = ledgerWatch;
  const modes = await openModes(ledger, runtime, parts.spikeCallers ?? SPIKE_CALLERS);
  const policy = (): Policy => ({ ...parts.policy, mode: modes.current().mode, spike: modes.current().spike });
  const readMode = () => modes.refresh();
  const profiles = createProfiles(directory, now);
  const rolesOf = createRolesOf(directory, parts.groups, now);
  const membersOf = createMembersOf({ ledger, directory, groups: parts.groups, rolesOf });
  const reachOf = createReachOf({ ledger, membersOf, runtime, emergencyContact: parts.emergencyContact });
  const slowFacts = createSlowFacts({ directory, now, log });

  const cardMessages = createCardMessages({
    ...{ profiles, policy, runtime, timeZone, selfServiceUrl, reachOf },
    noticesOf: createNoticesOf(ledger),
    slowFactsOf: (stored) => slowFacts.of(stored),
    nextReadAtOf: (stored) => mending.watch(stored),
    changesSeenUpTo: () => directory.changesSeenUpTo(),
    modeLine: (deadline) => modeLine({ modes, profiles }, deadline),
  });
  const outbox = createOutbox({
    ...{ ledger, directory, runtime, messenger, cards, wait, log },
    draw: (inTheirLanguage, stored, deadline) => cardMessages.caseCard(inTheirLanguage, stored, deadline),
  });
  slowFacts.onArrival((id) => outbox.refreshCard(id));
  const redraws = createRedraws({ ledger, refreshCard: (id) => outbox.refreshCard(id), log });

  const effects = { directory, ledger, outbox, cardMessages, runtime, membersOf, log };
  const closing = {
    ...{ ledger, cards, profiles, messenger, runtime, timeZone, log },
    approvalRequest: (theirs: Cards, stored: StoredCase) => cardMessages.approvalRequest(theirs, stored),
  };
  const { senderLimits: figures = SENDER_LIMITS, company = 'alone' } = parts;
  const own = createSenderLimits({ ledger, runtime, timing, figures });
  const limits = createOverallLimits({ own, ledger, runtime, figures, company });
  const guard = createGuardRefusals({ ledger, runtime, timing });
  const running = {
    ...{ ledger, ledgerWatch, policy, readMode, runtime, limits, effects, log },
    closeRequests: (stored: StoredCase) => closeRequests(closing, stored),
  };
  const runCase = createRunCase(running);
  const opening: OpenParts = {
    ...{ ledger, directory, profiles, policy, readMode, runtime },
    objectionBlocksHours: parts.objectionBlocksHours,
  };
  const mending = createMending({
    ...{ ledger, policy, now, newId: () => runtime.newId(), log },
    readFacts: (stored) => readFactsAgain(opening, stored),
    report: (stored, event) => runCase.report(stored, event),
  });
  const issuing: IssueParts = {
    ...{ ...running, directory, rolesOf, runCase, timing, background },
    readFacts: ({ case: { technician, caller, id } }, deadline) =>
      readFactsForStep(opening, { technician, caller, caseId: id, deadline }),
  };
  const services: Services = {
    ...{ directory, ledger, ledgerWatch, cards, cardMessages, profiles, outbox, redraws, runCase, rolesOf },
    ...{ opening, issuing },
    ...{ policy, runtime, timing, background, log, timeZone, modes, membersOf, limits, mending },
    requestOffers: createRequestOffers({ ...effects, ...closing, rolesOf }),
    answerNonHelpdesk: createAnswerNonHelpdesk({ directory, policy, runtime }),
  };
  const duty = createDuty({ leases: ledger.leases, timing, company });
  const recovery = { ledger, runCase, runtime, duty };
  const followUp = createFollowUp({ directory, ledger, runCase, now, log });

  return {
    casework: createCasework(services),
    services,
    readiness: ledgerWatch.readiness,
    async firstSight(key) {
      try {
        return await ledger.firstSight(key, now());
      } catch (error) {
        if (isUnwritable(error)) return true;
        throw error;
      }
    },
    async cardPlaced(caseId, place) {
      await ledger.rememberCard(caseId, place);
      await slowFacts.cardArrived(caseId);
    },
    duty,
    leave: () => background.run('letting another process take over', duty.end()),
    recover: () =>
      ownTurn(async () => {
        await duty.attend();
        const recovered = await recover(recovery);
        background.run(
          'looking for passes of no case',
          duty.onDuty(async () => reportPasses(log)(await lookForPassesAtStart(effects))),
        );
        return recovered;
      }),
    started: (facts) => ownTurn(() => recordStart({ ledger, runtime }, facts)),
    verified: (verify) => ownTurn(() => recordVerdict({ ledger, runtime, log }, verify)),
    stopped: () => ownTurn(() => recordStop({ ledger, runtime, log })),
    tick: () =>
      ownTurn(async () => {
        await ledgerWatch.look();
        await leads.remember();
        await duty.attend();
        await modes.refresh(); // somebody may have changed it at another process
        await duty.onDuty(async () => {
          await recoverLost(recovery);
          await followUp.tick();
          await reachAgain(effects);
          await lookForSpike(services);
          await tellOfModeAgain(services);
          if (parts.checkpoints) await tellOfCheckpoints(services, parts.checkpoints.watch, parts.checkpoints.daily);
        });
        redraws.begin();
        await closeOldIntents(recovery);
        await limits.writeCounts('ended');
        await guard.writeCounts('ended');
      }),
    mend: () => mending.tick(),
    refusedByGuard: (refused) => guard.note(refused),
    writeCounts: () =>
      void ownTurn(() => {
        background.run('writing what was only counted', limits.writeCounts('all'));
        background.run('writing what was refused by the guard', guard.writeCounts('all'));
        return Promise.resolve();
      }),
    async whenIdle() {
      await background.whenIdle();
      await mending.whenIdle();
      await runCase.whenIdle();
      await slowFacts.whenIdle();
      await redraws.whenIdle();
      await outbox.whenIdle();
    },
  };
}

// Every button of every template is understood: an honest click is never called forged.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readTemplates } from '../../src/cards/templates.ts';
import { readAction } from '../../src/intents/read-action.ts';

describe('The buttons of our cards', () => {
  const templates = readTemplates(join(import.meta.dirname, '../../adaptive-cards'));
  const values: Readonly<Record<string, unknown>> = {
    case: 12,
    v: 3,
    query: 'Lena Hartmann',
    caller: 'a0000000-0000-4000-8000-000000000010',
    atHand: 'm-1,m-2',
    number: 'business-phone',
    shown: 'd1',
    outcome: 'voicemail',
    place: 'Front desk',
    speaking: 'yes',
    question: 'd2',
    decision: 'approve',
    reason: 'seen both',
    subject: 'f00d',
    because: 'technician-unsure',
  };

  /** What a client would send for a button of a template: literals as they are, bindings and inputs filled honestly. */
  function clicks(
    node: unknown,
    inputs: readonly string[] = [],
  ): readonly (readonly [string, Record<string, unknown>])[] {
    if (Array.isArray(node)) return node.flatMap((one) => clicks(one, inputs));
    if (typeof node !== 'object' || node === null) return [];
    const element = node as Record<string, unknown>;
    const seen = element['type'] === 'AdaptiveCard' ? [...inputs, ...inputsOf(element['body'])] : inputs;
    const deeper = Object.values(element).flatMap((child) => clicks(child, seen));
    if (element['type'] !== 'Action.Execute') return deeper;
    const rides = element['associatedInputs'] === 'none' ? [] : seen;
    const authored = Object.entries((element['data'] ?? {}) as Record<string, unknown>).map(
      ([name, value]) => [name, typeof value === 'string' && value.includes('${') ? values[name] : value] as const,
    );
    const verb = String(element['verb']);
    const chosen = verb === 'abandon' ? { because: 'caller-hung-up' } : {};
    const filled = Object.fromEntries(rides.map((name) => [name, values[name] ?? '']));
    return [[verb, { ...filled, ...chosen, ...Object.fromEntries(authored) }], ...deeper];
  }

  function inputsOf(node: unknown): readonly string[] {
    if (Array.isArray(node)) return node.flatMap(inputsOf);
    if (typeof node !== 'object' || node === null) return [];
    const element = node as Record<string, unknown>;
    const here = String(element['type']).startsWith('Input.') ? [String(element['id'])] : [];
    return [...here, ...Object.values(element).flatMap(inputsOf)];
  }

  for (const [name, card] of templates) {
    it(`of ${name}.json are all understood`, () => {
      for (const [verb, data] of clicks(card)) {
        const press = readAction(verb, data);
        assert.equal(press.kind, verb, press.kind === 'forged' ? `${press.reason} in ${JSON.stringify(data)}` : '');
      }
    });
  }
});

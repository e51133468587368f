/**
 * Microsoft's own Adaptive Cards parser, run without a browser.
 * It is the released bundle as it is; only the page around it is missing.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';

const bundle = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

const PARSE = `(json) => {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: 6 } }); // as Teams; the library says 5
  const context = new AdaptiveCards.SerializationContext();
  card.parse(JSON.parse(json), context);
  const parsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...parsing, ...card.validateProperties().validationEvents.map((event) => event.message)].join('\\n');
}`;

let parse: ((json: string) => string) | undefined;

/** Everything the parser of Adaptive Cards complains about; empty when it is content. */
export function complaints(card: unknown): string {
  if (parse === undefined) {
    const page = { console };
    const context = createContext(Object.assign(page, { self: page, window: page }));
    runInContext(readFileSync(bundle, 'utf8'), context);
    parse = runInContext(PARSE, context) as (json: string) => string;
  }
  return parse(JSON.stringify(card));
}

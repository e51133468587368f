// One event stream for the whole page. It is opened again when another person is chosen.

/** handlers: chat, message, typing, reach, ledger, state('live'|'lost') */
export function createStream(handlers) {
  let source = null;
  const on = (name) => (event) => handlers[name](JSON.parse(event.data));
  return {
    follow(people) {
      source?.close();
      source = new EventSource(`/teams/events?people=${[...new Set(people)].join(',')}`);
      for (const name of ['chat', 'message', 'typing', 'reach', 'ledger']) source.addEventListener(name, on(name));
      source.onopen = () => handlers.state('live');
      source.onerror = () => handlers.state('lost');
    },
  };
}

import { authenticatedChannel } from './authenticated-channel.ts';
import { FORGED_TOKENS } from './forged-tokens.ts';

describe('a request whose token is not the channel’s', () => {
  const { keys, url, post, isRefused } = authenticatedChannel();

  for (const { name, code, authorization } of FORGED_TOKENS) {
    it(`is refused with 401: ${name}`, async () =>
      isRefused(401, code, post(await authorization({ keys: keys(), url: url() }))));
  }
});

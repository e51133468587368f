/**
 * Serves the practice page and Microsoft's card renderer. Only files of the page's folder and the one renderer file
 * are served, and the page may load nothing from other hosts.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { BadCall, COMMON_HEADERS, type Call, type Route } from './http.ts';

const PAGE = join(import.meta.dirname, 'page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** No inline script, no other host. Inline styles are allowed because the renderer writes them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Path of Microsoft's renderer in node_modules. */
function rendererPath(): string {
  return join(
    createRequire(import.meta.url).resolve('adaptivecards/package.json'),
    '..',
    'dist',
    'adaptivecards.min.js',
  );
}

async function send(call: Call, path: string): Promise<'written'> {
  const content = await readFile(path);
  call.response.writeHead(200, {
    ...COMMON_HEADERS,
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  });
  call.response.end(content);
  return 'written';
}

/** The routes of the page. */
export function fileRoutes(): readonly Route[] {
  return [
    { method: 'GET', path: /^\/$/, handle: (call) => send(call, join(PAGE, 'index.html')) },
    {
      method: 'GET',
      path: /^\/page\/([a-z][a-z0-9-]*\.(?:js|css|svg))$/,
      handle: async (call) => {
        const name = call.parts[0] ?? '';
        if (!(await readdir(PAGE)).includes(name)) throw new BadCall(404, 'NotFound', `Nothing here: ${name}`);
        return send(call, join(PAGE, name));
      },
    },
    { method: 'GET', path: /^\/vendor\/adaptivecards\.js$/, handle: (call) => send(call, rendererPath()) },
  ];
}

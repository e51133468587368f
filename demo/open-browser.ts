/**
 * Opens the practice page in the browser of this desktop. If that does not work, nothing is lost: the address is on
 * the terminal anyway.
 */
import { spawn } from 'node:child_process';

/** Whether there is a desktop to open a browser on. */
export function hasDesktop(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['CI'] !== undefined && env['CI'] !== '') return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** Opens an address, without waiting for the browser. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const [command, args] =
    platform === 'darwin'
      ? ['open', [url]]
      : platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => child.unref()); // there is no such program; the address is printed anyway
  child.unref();
}

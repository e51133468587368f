// The package an administrator uploads: accepted by Microsoft's schema, without ids, and asking for nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import {
  filledManifest,
  packageFiles,
  PackageProblem,
  placeholdersOf,
  problemsOfLanguage,
} from '../../scripts/app-package.ts';
import { zipFile } from '../../scripts/zip-file.ts';
import { recognize } from '../../src/intents/recognize.ts';

const folder = new URL('../../appPackage/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const template = read('manifest.json');
const VALUES = {
  TEAMS_APP_ID: 'a0000000-0000-4000-8000-0000000000a1',
  BOT_ID: 'a0000000-0000-4000-8000-0000000000b1',
  GRAPH_CLIENT_ID: 'a0000000-0000-4000-8000-0000000000c1',
  DEVELOPER_NAME: 'Fernhill Instruments',
  WEBSITE_URL: 'https://fernhill.example',
  PRIVACY_URL: 'https://fernhill.example/privacy',
  TERMS_URL: 'https://fernhill.example/terms',
};

interface Manifest {
  readonly version: string;
  readonly bots: readonly {
    readonly scopes: readonly string[];
    readonly commandLists: readonly { readonly commands: readonly Command[] }[];
  }[];
  readonly defaultBlockUntilAdminAction: boolean;
  readonly localizationInfo: {
    readonly additionalLanguages: readonly { readonly languageTag: string; readonly file: string }[];
  };
}
interface Command {
  readonly title: string;
  readonly description: string;
}

const manifest = JSON.parse(template) as Manifest;
const commands = manifest.bots[0]?.commandLists[0]?.commands ?? [];
const languages = manifest.localizationInfo.additionalLanguages.map(({ file }) => file);

/** The command titles of a language, in the order of the manifest. */
function titlesOf(file: string): readonly string[] {
  const texts = JSON.parse(read(file)) as Readonly<Record<string, string>>;
  return commands.map((_, at) => texts[`bots[0].commandLists[0].commands[${at}].title`] ?? '');
}

/** Width, height and pixels (red, green, blue, alpha) of a PNG that was written without filters. */
function pixelsOf(name: string): {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Buffer[];
} {
  const png = readFileSync(new URL(name, folder));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  assert.deepEqual([png[24], png[25]], [8, 6], '8 bits, with alpha');
  const data = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const row = 1 + width * 4;
  return {
    width,
    height,
    pixels: Array.from({ length: width * height }, (_, at) => {
      const start = Math.floor(at / width) * row + 1 + (at % width) * 4;
      return data.subarray(start, start + 4);
    }),
  };
}

describe('The app package', () => {
  it("fits Microsoft's schema once its placeholders are filled", async () => {
    assert.ok(await filledManifest(template, VALUES));
  });

  it('holds no id and no address of anybody', () => {
    assert.doesNotMatch(template, /[0-9a-f]{8}-[0-9a-f]{4}-/i);
    assert.deepEqual([...placeholdersOf(template)].sort(), Object.keys(VALUES).sort());
  });

  it('names every value that is missing, and what the schema does not accept', async () => {
    await assert.rejects(filledManifest(template, {}), (problem) => {
      assert.ok(problem instanceof PackageProblem);
      return problem.problems.length === Object.keys(VALUES).length;
    });
    await assert.rejects(filledManifest(template, { ...VALUES, BOT_ID: 'not-a-guid' }), PackageProblem);
    await assert.rejects(filledManifest(template, { ...VALUES, WEBSITE_URL: 'fernhill.example' }), PackageProblem);
    await assert.rejects(filledManifest(template, { ...VALUES, DEVELOPER_NAME: 'x'.repeat(33) }), PackageProblem);
  });

  it('never lets a value add a field', async () => {
    const name = 'A", "x": "B';
    const filled = JSON.parse(await filledManifest(template, { ...VALUES, DEVELOPER_NAME: name })) as {
      developer: { name: string };
    };
    assert.equal(filled.developer.name, name);
  });

  it('works in personal chats only, is blocked until an administrator allows it, and asks for no permission', () => {
    assert.deepEqual(manifest.bots[0]?.scopes, ['personal']);
    assert.equal(manifest.defaultBlockUntilAdminAction, true);
    for (const field of ['authorization', 'permissions', 'devicePermissions', 'composeExtensions', 'staticTabs']) {
      assert.ok(!(field in manifest), field);
    }
  });

  it('names the app that installs it, without which Microsoft refuses the installation, and gives that app no right', async () => {
    const filled = JSON.parse(await filledManifest(template, VALUES)) as { readonly webApplicationInfo?: unknown };
    assert.deepEqual(filled.webApplicationInfo, { id: VALUES.GRAPH_CLIENT_ID });
    await assert.rejects(filledManifest(template, { ...VALUES, GRAPH_CLIENT_ID: 'not-a-guid' }), PackageProblem);
  });

  it('bears the version of the product', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.equal(manifest.version, version);
  });

  it('has its three other languages, each by the schema and complete', () => {
    assert.deepEqual(languages, ['de.json', 'fr.json', 'es.json']);
    for (const file of languages) {
      assert.deepEqual(problemsOfLanguage(read(file)), [], file);
      assert.ok(
        titlesOf(file).every((title) => title !== ''),
        file,
      );
    }
    assert.notDeepEqual(problemsOfLanguage('{"name.short":"x","surprise":"y"}'), []);
  });

  it('offers only commands the bot understands, and the same ones in every language', () => {
    assert.ok(commands.length > 0 && commands.length <= 10);
    const meant = ['help', 'list-cases', 'show-case', 'open-case', 'send-link', 'show-log'];
    const more = ['', '', ' 12', ' Lena Hartmann', ' Lena Hartmann', ' 12'];
    for (const titles of [commands.map(({ title }) => title), ...languages.map(titlesOf)]) {
      assert.deepEqual(
        titles.map((title, at) => recognize(title + (more[at] ?? '')).kind),
        meant,
        titles.join(', '),
      );
    }
  });

  it('has a color icon of 192 pixels and a white, transparent outline of 32', () => {
    const color = pixelsOf('color.png');
    assert.deepEqual([color.width, color.height], [192, 192]);
    assert.ok(
      color.pixels.every((pixel) => pixel[3] === 255),
      'full color, no holes',
    );
    const outline = pixelsOf('outline.png');
    assert.deepEqual([outline.width, outline.height], [32, 32]);
    assert.ok(outline.pixels.every((pixel) => pixel[0] === 255 && pixel[1] === 255 && pixel[2] === 255));
    assert.ok(outline.pixels.some((pixel) => pixel[3] === 0) && outline.pixels.some((pixel) => pixel[3] === 255));
  });

  it('packs manifest, icons and languages at the root of one zip file, the same bytes every time', async () => {
    const files = await packageFiles(VALUES);
    assert.deepEqual(files.map(({ name }) => name).sort(), [
      'color.png',
      'de.json',
      'es.json',
      'fr.json',
      'manifest.json',
      'outline.png',
    ]);
    const zip = zipFile(files);
    assert.deepEqual(zip, zipFile(await packageFiles(VALUES)));
    assert.equal(zip.readUInt32LE(0), 0x04034b50);
    assert.equal(zip.readUInt32LE(zip.length - 22), 0x06054b50);
    assert.equal(zip.readUInt16LE(zip.length - 12), files.length);
    for (const { content } of files) assert.ok(zip.includes(content));
  });

  it('packs no file from another folder', () => {
    assert.throws(() => zipFile([{ name: '../x', content: Buffer.alloc(0) }]), RangeError);
  });
});

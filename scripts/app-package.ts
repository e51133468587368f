/**
 * The Teams app package: the manifest with its placeholders filled in, checked against Microsoft's schema, and the
 * files that go with it. Nothing is packed that Teams would refuse, and no organization's ids are kept in the
 * repository.
 */
import { readFileSync } from 'node:fs';
import type { TeamsManifest } from '@microsoft/app-manifest';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { Ajv } from 'ajv';
import type { PackedFile } from './zip-file.ts';

const FOLDER = new URL('../appPackage/', import.meta.url);
const PLACEHOLDER = /\$\{\{([A-Z_]+)\}\}/g;

/** The manifest cannot be packed. `problems` holds every one. */
export class PackageProblem extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'PackageProblem';
    this.problems = problems;
  }
}

/** The names of the placeholders in a manifest, each once. */
export function placeholdersOf(template: string): readonly string[] {
  return [...new Set(Array.from(template.matchAll(PLACEHOLDER), ([, name]) => name ?? ''))];
}

/**
 * Fills in a manifest. Values are inserted as JSON text, so none of them can add a field. Throws PackageProblem when a
 * value is missing or the result does not match Microsoft's schema.
 */
export async function filledManifest(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const missing = placeholdersOf(template).filter((name) => (values[name] ?? '') === '');
  if (missing.length > 0) throw new PackageProblem(missing.map((name) => `${name} is not set`));
  const filled = template.replace(PLACEHOLDER, (_whole, name: string) => JSON.stringify(values[name]).slice(1, -1));
  const manifest = JSON.parse(filled) as TeamsManifest;
  const problems = await AppManifestUtils.validateAgainstSchema(manifest);
  if (problems.length > 0) throw new PackageProblem(problems);
  return filled;
}

/** What is wrong with a language file according to Microsoft's schema; empty when nothing is. */
export function problemsOfLanguage(text: string): readonly string[] {
  const schema = new URL(
    'json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json',
    import.meta.resolve('@microsoft/app-manifest'),
  );
  // Microsoft's patterns are not valid Unicode patterns, and the one format they use adds nothing to its pattern.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false });
  const check = ajv.compile(withoutDialect(readFileSync(schema, 'utf8')));
  if (check(JSON.parse(text))) return [];
  return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? error.keyword}`);
}

/** The schema names an old draft that ajv does not know, but it uses nothing specific to it. */
function withoutDialect(text: string): object {
  const { $schema: _dialect, ...schema } = JSON.parse(text) as Record<string, unknown>;
  return schema;
}

/** The files of the package: the filled manifest, its icons and its languages. Throws PackageProblem. */
export async function packageFiles(
  values: Readonly<Record<string, string | undefined>>,
): Promise<readonly PackedFile[]> {
  const filled = await filledManifest(readFileSync(new URL('manifest.json', FOLDER), 'utf8'), values);
  const manifest = JSON.parse(filled) as {
    readonly icons: Readonly<Record<string, string>>;
    readonly localizationInfo: { readonly additionalLanguages: readonly { readonly file: string }[] };
  };
  const languages = manifest.localizationInfo.additionalLanguages.map(({ file }) => file);
  const others = [...Object.values(manifest.icons), ...languages];
  const files = others.map((name) => ({ name, content: readFileSync(new URL(name, FOLDER)) }));
  const problems = files
    .filter(({ name }) => languages.includes(name))
    .flatMap(({ name, content }) => problemsOfLanguage(content.toString('utf8')).map((problem) => `${name}${problem}`));
  if (problems.length > 0) throw new PackageProblem(problems);
  return [{ name: 'manifest.json', content: Buffer.from(filled) }, ...files];
}

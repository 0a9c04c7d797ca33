/** The two lists that make an integration known, edited as text so that people's comments and order stay. */
const registries = [
  { path: "src/integrations/config-registry.ts", suffix: "Config", file: "config", list: "configRegistry" },
  {
    path: "src/integrations/sync-registry.ts",
    suffix: "Integration",
    file: "integration",
    list: "supportedIntegrations",
  },
] as const;

export const registryPaths: readonly string[] = registries.map(({ path }) => path);

/** The text of a registry with the integration in it. */
export function withIntegration(path: string, text: string, folder: string, code: string): string {
  const { suffix, file, list } = registryAt(path);
  const line = `import { ${code}${suffix} } from "./${folder}/${file}";\n`;
  const at = text.indexOf("\n\n") + 1;
  const imported = text.slice(0, at) + line + text.slice(at);
  return imported.replace(
    new RegExp(`(${list}: \\w+\\[\\] = \\[)([\\s\\S]*?)(\\s*\\];)`),
    (_all, open: string, names: string, close: string) => {
      const before = names.trimEnd().replace(/,$/, "");
      return `${open}${before}${before.trim() === "" ? "" : ", "}${code}${suffix}${close}`;
    },
  );
}

/** The text of a registry without the integration. */
export function withoutIntegration(path: string, text: string, folder: string): string {
  const { suffix, file } = registryAt(path);
  const line = new RegExp(`import \\{ (\\w+)${suffix} \\} from "\\./${folder}/${file}";\\n`);
  const name = line.exec(text)?.[1];
  if (name === undefined) return text;
  const listed = new RegExp(`,\\s*${name}${suffix}\\b|\\b${name}${suffix},\\s*|\\b${name}${suffix}\\b`);
  return text.replace(line, "").replace(listed, "");
}

function registryAt(path: string) {
  const found = registries.find((one) => path.endsWith(one.path));
  if (found === undefined) throw new Error(`${path} is no registry.`);
  return found;
}

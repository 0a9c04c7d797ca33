import { extensionOf, nameOf } from "@/lib/file-names";

/** Fence language → extensions of source code and configuration. */
const EXTENSIONS: Record<string, string> = {
  typescript: "ts mts cts",
  tsx: "tsx",
  javascript: "js mjs cjs",
  jsx: "jsx",
  python: "py pyi pyw",
  ruby: "rb rake gemspec",
  php: "php",
  java: "java",
  kotlin: "kt kts",
  scala: "scala sc",
  groovy: "groovy gradle",
  go: "go",
  rust: "rs",
  c: "c h",
  cpp: "cc cpp cxx hh hpp hxx",
  csharp: "cs csx",
  fsharp: "fs fsi fsx",
  swift: "swift",
  objc: "m mm",
  dart: "dart",
  lua: "lua",
  perl: "pl pm",
  r: "r",
  julia: "jl",
  haskell: "hs",
  elixir: "ex exs",
  erlang: "erl hrl",
  clojure: "clj cljs cljc edn",
  ocaml: "ml mli",
  zig: "zig",
  nim: "nim",
  bash: "sh bash zsh fish",
  powershell: "ps1 psm1",
  bat: "bat cmd",
  sql: "sql",
  graphql: "graphql gql",
  protobuf: "proto",
  css: "css",
  scss: "scss sass",
  less: "less",
  vue: "vue",
  svelte: "svelte",
  astro: "astro",
  yaml: "yaml yml",
  toml: "toml",
  ini: "ini cfg conf properties editorconfig",
  xml: "xml xsd xsl xslt plist",
  hcl: "tf tfvars hcl",
  nix: "nix",
  dockerfile: "dockerfile",
  makefile: "mk",
  cmake: "cmake",
  diff: "diff patch",
  solidity: "sol",
  vb: "vb",
  jsonnet: "jsonnet libsonnet",
  json5: "json5 jsonc",
};

/** Files known by their whole name. */
const NAMES: Record<string, string> = {
  dockerfile: "dockerfile",
  containerfile: "dockerfile",
  makefile: "makefile",
  gnumakefile: "makefile",
  rakefile: "ruby",
  gemfile: "ruby",
  vagrantfile: "ruby",
  jenkinsfile: "groovy",
  "cmakelists.txt": "cmake",
  "go.mod": "go",
  procfile: "yaml",
  ".gitignore": "gitignore",
  ".dockerignore": "gitignore",
  ".editorconfig": "ini",
};

const byExtension = new Map(
  Object.entries(EXTENSIONS).flatMap(([language, list]) =>
    list.split(" ").map((extension) => [extension, language] as const),
  ),
);
const byName = new Map(Object.entries(NAMES));

/** Language of a source file for its fence, by name or extension; undefined when the file is not known as code. */
export function languageOf(path: string): string | undefined {
  return byName.get(nameOf(path).toLowerCase()) ?? byExtension.get(extensionOf(path));
}

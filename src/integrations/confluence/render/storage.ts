/**
 * Confluence's storage format as plain HTML: XHTML with elements of its own for macros (`ac:`) and for what they lead to
 * (`ri:`). https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
import { Parser } from "htmlparser2";
import { ItemError } from "@/core/models/errors";

/** What a page's text calls by an id or a title. Undefined, or "" for a person, where it is not known. */
export interface Names {
  person: (accountId: string) => string | undefined;
  /** Address of a page; in the space of the page that names it where no space is given. */
  page: (title: string, space: string | undefined) => string | undefined;
  /** Of a blog post, likewise. */
  post: (title: string, space: string | undefined) => string | undefined;
  /** Address of a file that is attached to the page. */
  file: (name: string) => string;
}

interface Frame {
  tag: string;
  attributes: Record<string, string>;
  /** What it holds, as HTML. */
  html: string;
  /** Bodies by tag, parameters by name, and what is led to (`ri:`). */
  parts: Map<string, Frame>;
}

const PANELS: Readonly<Record<string, string>> = {
  info: "Info",
  note: "Note",
  tip: "Tip",
  warning: "Warning",
  panel: "",
};
/** Shown by what is around them. */
const BODIES =
  /^ac:(?:plain-text-body|rich-text-body|plain-text-link-body|link-body|task-status|task-body|adf-fallback|caption)$/;
/** They say nothing that a reader sees. */
const SILENT = /^ac:(?:task-id|task-uuid|placeholder)$/;
const STATES: Readonly<Record<string, string>> = { DECIDED: "Decided", UNDECIDED: "Undecided" };
const DECISIONS = /<li>(?:Decided|Undecided): /;
/** The parser takes longer with every element that is open. */
const DEEPEST = 2_000;
const VOID = new Set(["br", "hr", "img", "col", "wbr"]);

const escape = (text: string) => Bun.escapeHTML(text);
const linked = (address: string | undefined, html: string) =>
  address === undefined ? html : `<a href="${escape(address)}">${html}</a>`;

/** Account ids of people that a text names. */
export function peopleIn(storage: string): string[] {
  return [...storage.matchAll(/ri:account-id="([^"]{1,200})"/g)].map(([, id = ""]) => id);
}

/** @throws ItemError when it is nested deeper than anybody writes. */
export function storageToHtml(storage: string, names: Names): string {
  const root = frameOf("", {});
  const frames = [root];
  const top = () => frames.at(-1) ?? root;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        if (++depth > DEEPEST) throw new ItemError("Its text is nested too deep to be read.");
        if (/^(?:ac|ri):/.test(tag)) frames.push(frameOf(tag, attributes));
        else top().html += openTag(tag, attributes);
      },
      ontext: (text) => void (top().html += escape(text)),
      onclosetag: (tag) => {
        depth--;
        if (!/^(?:ac|ri):/.test(tag)) top().html += VOID.has(tag) ? "" : `</${tag}>`;
        else if (frames.length > 1) closeInto(frames.pop() ?? root, top(), names);
      },
    },
    { recognizeCDATA: true, recognizeSelfClosing: true },
  );
  parser.end(storage);
  return root.html;
}

function frameOf(tag: string, attributes: Record<string, string>): Frame {
  return { tag, attributes, html: "", parts: new Map() };
}

function openTag(tag: string, attributes: Record<string, string>): string {
  const told = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  return `<${tag}${told.join("")}>${tag === "time" ? escape(attributes["datetime"] ?? "") : ""}`;
}

function closeInto(frame: Frame, around: Frame, names: Names): void {
  const { tag, attributes, parts } = frame;
  if (SILENT.test(tag)) return;
  if (tag.startsWith("ri:")) around.parts.set("target", frame);
  else if (tag === "ac:adf-attribute") around.parts.set(`attribute ${attributes["key"] ?? ""}`, frame);
  else if (tag === "ac:parameter") {
    const target = parts.get("target");
    if (target !== undefined) frame.html = linkTo(target, "", names);
    around.parts.set(`parameter ${attributes["ac:name"] ?? ""}`, frame);
  } else if (BODIES.test(tag)) around.parts.set(tag, frame);
  else around.html += shown(frame, names);
}

function shown({ tag, attributes, html, parts }: Frame, names: Names): string {
  const body = (name: string) => parts.get(`ac:${name}`)?.html;
  switch (tag) {
    case "ac:structured-macro":
    case "ac:macro":
      return macro(attributes["ac:name"] ?? "", parts);
    case "ac:link":
      return linkTo(parts.get("target"), body("link-body") ?? body("plain-text-link-body") ?? "", names);
    case "ac:image":
      return linkTo(parts.get("target"), escape(attributes["ac:alt"] ?? ""), names) + (body("caption") ?? "");
    case "ac:task-list":
      return `<ul>${html}</ul>`;
    case "ac:task":
      return `<li>${body("task-status") === "complete" ? "☑" : "☐"} ${body("task-body") ?? ""}</li>`;
    case "ac:emoticon":
      return escape(attributes["ac:emoji-fallback"] ?? `:${attributes["ac:name"] ?? ""}:`);
    case "ac:adf-node":
      return adfNode(attributes["type"] ?? "", html, parts);
    case "ac:adf-extension":
      // What is given for readers of the old editor does not say whether a decision was taken.
      return DECISIONS.test(html) ? html : (body("adf-fallback") ?? html);
    default:
      return html;
  }
}

/** A node of the new editor, which holds others in their order. */
function adfNode(type: string, html: string, parts: ReadonlyMap<string, Frame>): string {
  const fallback = parts.get("ac:adf-fallback")?.html;
  if (type === "decision-list") return html.trim() === "" ? (fallback ?? "") : `<ul>${html}</ul>`;
  if (type !== "decision-item") return fallback ?? html;
  const state = STATES[parts.get("attribute state")?.html.trim() ?? ""];
  return html.trim() === "" ? "" : `<li>${state === undefined ? "" : `${state}: `}${html}</li>`;
}

function macro(name: string, parts: ReadonlyMap<string, Frame>): string {
  const parameter = (key: string) => parts.get(`parameter ${key}`)?.html ?? "";
  const title = parameter("title") === "" ? "" : `<strong>${parameter("title")}</strong>`;
  const plain = parts.get("ac:plain-text-body")?.html;
  const rich = parts.get("ac:rich-text-body")?.html;
  if (plain !== undefined) {
    const language = parameter("language");
    const named = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : "";
    return `${title && `<p>${title}</p>`}<pre><code${named}>${plain}</code></pre>`;
  }
  if (name === "status") return title;
  const panel = PANELS[name];
  if (panel !== undefined) {
    const head = [panel === "" ? "" : `<strong>${panel}</strong>`, title]
      .filter((part) => part !== "")
      .join(": ");
    return `<blockquote>${head && `<p>${head}</p>`}${rich ?? ""}</blockquote>`;
  }
  if (rich !== undefined) return `${title && `<p>${title}</p>`}${rich}`;
  if (name === "jira") return parameter("key");
  if (name === "mathinline" || name === "mathblock") return `<code>${parameter("body")}</code>`;
  // A file that is shown, or a page that is included.
  const leads = [...parts.values()].filter((part) => part.parts.has("target") || part.html.startsWith("<a "));
  return leads.map(({ html }) => `<p>${html}</p>`).join("");
}

/** Of a page or a post that is led to. */
function addressOf(target: Frame | undefined, names: Names): string | undefined {
  const named = target?.tag === "ri:blog-post" ? names.post : names.page;
  return named(target?.attributes["ri:content-title"] ?? "", target?.attributes["ri:space-key"]);
}

function linkTo(target: Frame | undefined, text: string, names: Names): string {
  const value = (name: string) => target?.attributes[`ri:${name}`];
  switch (target?.tag ?? "") {
    case "ri:page":
    case "ri:blog-post":
      return linked(addressOf(target, names), text || escape(value("content-title") ?? ""));
    case "ri:attachment": {
      const file = value("filename") ?? "";
      // A file of another page names that page, which is what can be led to.
      const holder = target?.parts.get("target");
      const address = holder === undefined ? names.file(file) : addressOf(holder, names);
      return linked(address, text || escape(file));
    }
    case "ri:user":
      return escape(`@${names.person(value("account-id") ?? "") || "somebody"}`);
    case "ri:url":
      return linked(value("value"), text || escape(value("value") ?? ""));
    case "ri:space":
      return text || escape(value("space-key") ?? "");
    default:
      return text;
  }
}

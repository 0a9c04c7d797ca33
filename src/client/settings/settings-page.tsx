import { Link } from "@/client/router";
import { Page } from "@/client/ui/page";
import { Empty } from "@/client/ui/states";
import { AccessSettings } from "./access-settings";
import { AuditSettings } from "./audit-settings";
import { GeneralSettings } from "./general-settings";
import { HealthSettings } from "./health-settings";

const sections = [
  { id: "general", href: "/settings", text: "General" },
  { id: "access", href: "/settings/access", text: "Access" },
  { id: "health", href: "/settings/health", text: "Health" },
  { id: "audit", href: "/settings/audit", text: "Audit log" },
] as const;

function Section({ id }: { id: string }) {
  switch (id) {
    case "general":
      return <GeneralSettings />;
    case "access":
    case "tokens":
      return <AccessSettings />;
    case "health":
      return <HealthSettings />;
    case "audit":
      return <AuditSettings />;
    default:
      return <Empty title="There are no such settings">Choose from the list above.</Empty>;
  }
}

/** The installation: how it looks, what it runs with, who may come in, whether it is well. */
export function SettingsPage({ section }: { section: string }) {
  const named = sections.find((one) => one.id === section)?.text;
  return (
    <Page title="Settings" tab={named === undefined ? "Settings" : `${named} · Settings`}>
      <nav aria-label="Settings" className="mb-6 border-b border-line">
        <ul className="flex flex-wrap gap-1">
          {sections.map((one) => (
            <li key={one.id}>
              <Link
                href={one.href}
                aria-current={one.id === section ? "page" : undefined}
                className="tab-link"
              >
                {one.text}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Section id={section} />
    </Page>
  );
}

import { Link } from "@/client/router";
import { Icon } from "@/client/ui/icons";
import { places } from "./places";

/** Links to the places; the current one is marked. */
export function Navigation({ view }: { view: string }) {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {places.map((place) => (
          <li key={place.href}>
            <Link
              href={place.href}
              aria-current={place.views.includes(view) ? "page" : undefined}
              className="nav-link"
            >
              <Icon name={place.icon} />
              {place.text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

import { Dialog } from "@/client/ui/dialog";
import { LoginForm } from "./login-form";

/** A login that has ended, asked for again over the page; it stays until it is given. */
export function LoginDialog({ done }: { done: () => void }) {
  return (
    <Dialog title="Your login has ended" close={() => location.reload()}>
      <p className="text-muted">Log in again to go on. What you have typed on this page stays.</p>
      <LoginForm done={done} />
    </Dialog>
  );
}

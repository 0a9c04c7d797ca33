import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { Button } from "@/client/ui/button";

/** Ends this browser's login. */
export function LogoutButton() {
  const api = useApi();
  const { busy, act } = useAction();
  const logout = async () => {
    const ended = await act(() => api.logout(), { failed: "You are still logged in." });
    if (ended !== undefined) location.assign("/");
  };
  return (
    <Button look="quiet" className="min-h-7 px-2 text-xs" disabled={busy} onClick={() => void logout()}>
      Log out
    </Button>
  );
}

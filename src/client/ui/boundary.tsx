import { Component, type ReactNode } from "react";
import { asApiError, type ApiError } from "@/client/api";
import { Failure } from "./states";

interface State {
  error?: ApiError;
}

/** Keeps a fault in one view from emptying the whole page: says what happened, and draws the view anew on request. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: asApiError(thrown) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <>
        <h1 className="mb-6">This view could not be shown</h1>
        <Failure title="Something in this page went wrong" error={error} retry={() => location.reload()} />
      </>
    );
  }
}

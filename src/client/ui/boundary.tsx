import { Component, type ReactNode } from "react";
import { asApiError, type ApiError } from "@/client/api";
import { reloadForCode } from "@/client/data/page-code";
import { Failure } from "./states";

interface Props {
  /** Stands in for a whole view, which is loaded anew by itself where it can be; else for a small part of one. */
  view?: boolean;
  children: ReactNode;
}

interface State {
  error?: ApiError;
}

/** Keeps a fault in one part from emptying the whole page: says what happened, and draws the page anew on request. */
export class Boundary extends Component<Props, State> {
  override state: State = {};
  private stopWaiting: (() => void) | undefined;

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: asApiError(thrown) };
  }

  override componentDidCatch(thrown: unknown): void {
    if (this.props.view === true) this.stopWaiting ??= reloadForCode(asApiError(thrown));
  }

  override componentWillUnmount(): void {
    this.stopWaiting?.();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <>
        {this.props.view === true ? <h1 className="mb-6">This view could not be shown</h1> : null}
        <Failure title="Something in this page went wrong" error={error} retry={() => location.reload()} />
      </>
    );
  }
}

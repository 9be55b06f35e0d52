// What Streamlit gives to a component's default export, on every run of the page.

export interface Component<Data> {
  parentElement: HTMLElement;
  data: Data;
  /** Say something to the server. */
  setTriggerValue(name: string, value: unknown): void;
}

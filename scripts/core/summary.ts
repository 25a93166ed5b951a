/** What a run covered and what it did not, printed with its findings. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly clusters: number;
  readonly applications: number;
  readonly resources: number;
  readonly rules: number;
  readonly milliseconds: number;
  /** One line each: what was not checked, and why. */
  readonly notChecked: readonly string[];
}

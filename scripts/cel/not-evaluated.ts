/** What an expression asks of a running server (who sends the request, what they may do) is not known here. */
export class NotEvaluated extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotEvaluated';
  }
}

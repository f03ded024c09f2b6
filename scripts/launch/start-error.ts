/** Something the operator can mend. Its message is one sentence that says what to do; no stack is shown. */
export class StartError extends Error {}

/** The meaning a colour carries. The word beside it always says the same. */
export type Tone = 'neutral' | 'positive' | 'caution' | 'danger' | 'info';

import localFont from 'next/font/local';

// The variable files cover weights 100 to 900. Latin is preloaded; Latin Extended loads only when a
// character of its range appears on the page.
const latin = localFont({
  src: '../node_modules/@fontsource-variable/lexend-deca/files/lexend-deca-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-latin',
  adjustFontFallback: 'Arial',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
    },
  ],
});

const latinExtended = localFont({
  src: '../node_modules/@fontsource-variable/lexend-deca/files/lexend-deca-latin-ext-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  preload: false,
  variable: '--font-latin-ext',
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+1E00-1E9F, U+2C60-2C7F, U+A720-A7FF' }],
});

const code = localFont({
  src: '../node_modules/@fontsource-variable/source-code-pro/files/source-code-pro-latin-wght-normal.woff2',
  weight: '200 900',
  display: 'swap',
  preload: false,
  variable: '--font-code',
  adjustFontFallback: false,
});

/** Class names for `<html>`: they define the font variables that `globals.css` refers to. */
export const fontVariables = `${latin.variable} ${latinExtended.variable} ${code.variable}`;

const date = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}`;
// Some programs write a narrow space before AM and PM.
const time = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?`;

/**
 * The source of an expression for when a turn of a chat or a call was said, as exports write it before the name: `10:03`,
 * `[00:01:02]`, `(10:03 AM)`, `12/03/2024, 10:03`, `[12.03.24, 10:03:12]`. For expressions with the flag `u`.
 */
export const turnStamp = String.raw`[([]?(?:${date},?[ T]{1,2})?${time}[)\]]?`;

/** The package declares types for its converters alone, not for the tables they are made of. */
declare module "opencc-js/dict/TSCharacters" {
  /** Traditional characters with their simplified forms: pairs are divided by "|", the two by a space. */
  const pairs: string;
  export default pairs;
}

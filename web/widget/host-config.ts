/** How cards look: sizes, spaces and colours in the renderer's own terms. Colours are the properties
 * of `ui/styles/tokens.css`, so light, dark and an owner's colour need no second drawing. */

function colors(subtle: string) {
  const of = (color: string) => ({ default: color, subtle: color });
  return {
    default: { default: "var(--text)", subtle },
    dark: of("var(--text)"),
    light: of("var(--text-faint)"),
    accent: of("var(--accent-text)"),
    good: of("var(--green)"),
    warning: of("var(--amber)"),
    attention: of("var(--red)"),
  };
}

function container(backgroundColor: string, borderColor = "var(--line)") {
  return { backgroundColor, borderColor, foregroundColors: colors("var(--text-soft)") };
}

export const HOST_CONFIG = {
  fontFamily: "inherit",
  fontSizes: { small: 12, default: 14, medium: 15, large: 17, extraLarge: 21 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 17, default: 20, medium: 22, large: 24, extraLarge: 28 },
  spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 14 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  imageSizes: { small: 40, medium: 72, large: 144 },
  supportsInteractivity: true,
  containerStyles: {
    default: container("transparent"),
    emphasis: container("var(--sunken)"),
    accent: container("var(--accent-soft)"),
    good: container("var(--green-soft)"),
    warning: container("var(--amber-soft)"),
    attention: container("var(--red-soft)"),
  },
  actions: {
    maxActions: 8,
    spacing: "medium",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    iconPlacement: "leftOfTitle",
    iconSize: 18,
    allowTitleToWrap: true,
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
  },
  adaptiveCard: { allowCustomStyle: true },
  imageSet: { imageSize: "medium", maxImageHeight: 120 },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", size: "small", weight: "default" },
    debounceTimeInMilliSeconds: 0,
  },
  factSet: {
    title: {
      color: "default",
      size: "default",
      isSubtle: true,
      weight: "default",
      wrap: true,
      maxWidth: 160,
    },
    value: { color: "default", size: "default", isSubtle: false, weight: "bolder", wrap: true },
    spacing: 14,
  },
  table: { cellSpacing: 8 },
  textStyles: {
    heading: { size: "large", weight: "bolder", color: "default", isSubtle: false },
    columnHeader: { size: "small", weight: "bolder", color: "default", isSubtle: true },
  },
  textBlock: { headingLevel: 3 },
};

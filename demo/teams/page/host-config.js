// Sizes and spacing of Teams for the renderer. Colors are CSS variables, so cards need not be redrawn for another theme.

const color = (name, subtle) => ({ default: `var(--${name})`, subtle: `var(--${subtle ?? name})` });
const foreground = {
  default: color('ink', 'ink-soft'),
  dark: color('ink', 'ink-soft'),
  light: color('ink-soft'),
  accent: color('accent'),
  good: color('good'),
  warning: color('warn'),
  attention: color('bad'),
};
const style = (background) => ({ backgroundColor: `var(--${background})`, foregroundColors: foreground });

export const hostConfig = {
  hostCapabilities: { capabilities: null },
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  fontTypes: {
    default: {
      fontFamily: 'var(--font)',
      fontSizes: { small: 12, default: 14, medium: 16, large: 19, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 650 },
    },
    monospace: {
      fontFamily: 'var(--mono)',
      fontSizes: { small: 12, default: 14, medium: 16, large: 19, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 650 },
    },
  },
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: { backgroundColor: 'transparent', foregroundColors: foreground },
    emphasis: style('sunken'),
    accent: style('accent-wash'),
    good: style('good-wash'),
    warning: style('warn-wash'),
    attention: style('bad-wash'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', color: 'default', size: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder', color: 'default', size: 'default' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 150 },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
  table: { cellSpacing: 6 },
};

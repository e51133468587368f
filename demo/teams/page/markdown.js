// The subset of markdown that Teams supports in a TextBlock: bold, italic, links, lists. Everything is escaped first.

const escape = (text) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]);

function inline(text) {
  return escape(text)
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+|tel:[^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])[_*]([^_*\s][^_*]*)[_*](?![\w*])/g, '$1<em>$2</em>');
}

export function markdownToHtml(text) {
  const blocks = [];
  for (const line of text.replace(/\r/g, '').split('\n')) {
    const item = /^\s*(?:[-*•]|(\d+)[.)])\s+(.*)$/.exec(line);
    if (item === null) {
      blocks.push({ kind: 'p', lines: [inline(line)] });
      continue;
    }
    const kind = item[1] === undefined ? 'ul' : 'ol';
    if (blocks.at(-1)?.kind !== kind) blocks.push({ kind, lines: [] });
    blocks.at(-1).lines.push(inline(item[2]));
  }
  return blocks
    .map(({ kind, lines }) =>
      kind === 'p' ? `<p>${lines[0]}</p>` : `<${kind}><li>${lines.join('</li><li>')}</li></${kind}>`,
    )
    .join('');
}

/** Descriptions nobody should write: scripts, disguised addresses, wild levels, and far too much of everything. */

/** What a script that ran would leave behind. */
export const mark = 'window.ran=1'

export const hostileTexts: readonly string[] = [
  `<script>${mark}</script>`,
  `<img src=x onerror="${mark}">`,
  `<svg onload="${mark}"><style>*{display:none}</style></svg>`,
  `<iframe src="javascript:${mark}"></iframe><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `</div></section></article></main><h1>Taken over</h1><form action="https://evil.example"><button>Log in</button></form>`,
  `<!-- <script>${mark}</script> --> <![CDATA[ <script>${mark}</script> ]]> <?php x ?>`,
  `[one](javascript:${mark})`,
  `[two](JaVaScRiPt:${mark})`,
  `[three](&#106;avascript&colon;${mark})`,
  `[four](java&#10;script:${mark})`,
  `[five](<java\tscript:${mark}>)`,
  `[six](&#1;javascript:${mark})`,
  `[seven](\u00a0javascript:${mark})`,
  `[eight](vbscript:msgbox)`,
  `[nine](data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=)`,
  `[ten](file:///etc/passwd)`,
  `[eleven][r]\n\n[r]: javascript:${mark}`,
  `<javascript:${mark}>`,
  `[twelve](//evil.example/x)`,
  `[thirteen](docs/a.pdf "title\\" onclick=\\"${mark}")`,
  `[fourteen](https://harbor.example@evil.example/)`,
  `[fifteen](blob:https://evil.example/1)`,
  `[sixteen](https://evil.example/"onmouseover="${mark})`,
  `[](https://www.harbor.example/empty)`,
  `[\u200b&nbsp;](https://www.harbor.example/invisible)`,
  `[![](logo.png)](https://www.harbor.example/picture)`,
  `[![](https://evil.example/pixel.png)](https://www.harbor.example/pixel)`,
  `![x](https://evil.example/huge.png) ![](http://evil.example/p.gif) ![y](//evil.example/q.png)`,
  `![z](javascript:${mark}) ![" onerror="${mark}](logo.png) ![d](data:image/svg+xml,<svg/onload=${mark}>)`,
  `![huge](logo.png "a title")`,
  '##### five\n\n# one\n\n###### six\n\n## two\n\n#\n\n### &nbsp;\n\n## ![](logo.png)\n\n> # quoted\n\n- # listed',
  '| | a |\n|--|--:|\n| 1 | 2 |\n\n| only a head |\n|--|\n\n| | |\n|--|--|\n| x | y |',
  `| <script>${mark}</script> | ${'wide'.repeat(80)} |\n|--|--|\n| 1 | 2 |`,
  'x'.repeat(3000),
  `https://www.harbor.example/${'long/'.repeat(200)}`,
  `${'`code that goes on and on and on `'.repeat(3)}\`unclosed`,
  `~~~js onload=${mark}\n${'very_long_line_of_code_'.repeat(40)}\n~~~`,
  '*a **b _c __d ~~e `f',
  '- a\n  - b\n    - c\n      - d\n        - e\n          - f\n            - g',
  Array.from({ length: 40 }, (_, depth) => `${'>'.repeat(depth + 1)} quoted ${depth}`).join('\n'),
  '\u202egnihton\u202c \u0000 \ufeff \ud800',
  `&lt;script&gt;${mark}&lt;/script&gt; &#60;script&#62;`,
  `\\<script>${mark}</script>`,
  // What is never closed comes last, because it swallows what follows.
  `\`\`\`html\n<script>${mark}</script>\n[x](javascript:${mark})`,
]

const many = (text: string, times: number) => text.repeat(times)
const lines = (times: number, line: (number: number) => string) =>
  Array.from({ length: times }, (_, n) => line(n)).join('\n')

/** Texts made to take long. */
export const heavyTexts: Readonly<Record<string, string>> = {
  'opened brackets': many('[', 10_000),
  'brackets and parentheses': `${many('[', 10_000)}${many('](', 10_000)}`,
  'opened pictures': many('![', 10_000),
  'pictures in links': many('[![x](', 5000),
  quotes: many('>', 5000),
  'quotes in quotes': lines(1000, (n) => `${many('>', n)} x`),
  'lists in lists': lines(1000, (n) => `${many(' ', n)}- x`),
  emphasis: many('*a_ ', 20_000),
  backticks: lines(1000, (n) => many('`', n)),
  'opened tags': many('<a ', 20_000),
  ampersands: many('&', 50_000),
  links: many('[a](https://x.example) ', 10_000),
  headings: many('# a\n', 20_000),
  'a wide table': `${many('|a', 500)}\n${many('|-', 500)}\n${many('|b\n', 2000)}`,
  references: lines(5000, (n) => `[r${n}]: https://x.example`),
  'one word': many('x', 900_000),
}

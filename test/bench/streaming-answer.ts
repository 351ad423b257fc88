/** An answer of a given length as a help centre gives it: headings, lists, a table, code, links and markers. */
export function benchAnswer(chars: number): string {
  let text = '';
  for (let n = 1; text.length < chars; n++) text += section(n);
  return text.slice(0, chars);
}

const section = (n: number) => `## ${n}. Registrera och rätta uppgifter

Öppna **Anställda → Frånvaro** och välj den period som gäller. Uppgifterna hämtas från *lönesystemet* och visas efter
någon minut, se [handboken](https://docs.example.com/handbok/${n}?avsnitt=3). Det som redan är godkänt ändras inte.[${(n % 5) + 1}]

1. Välj **Ny post** och ange \`period\` och \`omfattning\`.
2. Kontrollera beloppet i kolumnen **Att betala**, och jämför med föregående månad.
3. Spara. En post som är sparad kan rättas fram till den ${n}:e i månaden.[2]

- Den som saknar behörighet ser posten men kan inte ändra den.
- Den som är *attestant* får ett meddelande:
  - direkt, om beloppet är över gränsen
  - annars nästa vardag
- Mer om gränser finns i [avsnittet om belopp](https://docs.example.com/belopp#${n}).

| Uppgift | Sparas i | Hur länge |
|---|---|--:|
| Frågor och svar | EU/EES | 12 mån |
| Betyg och **kommentar** | EU/EES | 12 mån |
| Loggar | EU/EES | ${n} mån |

\`\`\`ts
const post = await client.posts.create({period: '2026-${String((n % 12) + 1).padStart(2, '0')}', scope: 0.5});
if (!post.approved) throw new Error(\`Post \${post.id} is not approved\`);
\`\`\`

> Tänk på att en rättelse alltid syns i historiken, även när den tas tillbaka samma dag.

`;

export const sources = [1, 2, 3, 4, 5].map((n) => ({
  id: `s${n}`,
  n,
  title: `Källa ${n}`,
  url: `https://docs.example.com/${n}`,
  snippet: 'Ett utdrag ur texten.',
}));

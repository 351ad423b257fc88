/** Portuguese: NIF and Cartão de Cidadão of Portugal, CPF and CNPJ of Brazil, addresses, first names, words of the language. */
import {weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** NIF of Portugal: nine digits, MOD 11. Decreto-Lei 14/2013; Autoridade Tributária. */
export const isNif = (digits: string) => /^[1-9]\d{8}$/.test(digits) && mod11(digits, 8, [9, 8, 7, 6, 5, 4, 3, 2]);

/** CPF of Brazil: eleven digits, two MOD 11 digits. Receita Federal, IN RFB 1548/2015. */
export const isCpf = (digits: string) =>
  digits.length === 11 &&
  !/^(\d)\1+$/.test(digits) &&
  mod11(digits, 9, [10, 9, 8, 7, 6, 5, 4, 3, 2]) &&
  mod11(digits, 10, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);

/** CNPJ of Brazil: fourteen digits, two MOD 11 digits. Receita Federal, IN RFB 2119/2022. */
export const isCnpj = (digits: string) =>
  digits.length === 14 &&
  mod11(digits, 12, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) &&
  mod11(digits, 13, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);

function mod11(digits: string, at: number, weights: readonly number[]): boolean {
  const rest = weighted(digits, weights) % 11;
  return Number(digits[at]) === (rest < 2 ? 0 : 11 - rest);
}

export const pack: Pack = {
  id: 'pt',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'pt-nif',
      labels: {means: 'foreignId'},
      alone: 0,
      isValid: isNif,
      pattern: standing('\\d{3} ?\\d{3} ?\\d{3}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'br-cpf',
      labels: {means: 'foreignId'},
      alone: (value) => (/\D/.test(value) ? 0.9 : 0.6),
      isValid: isCpf,
      pattern: standing('\\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d|\\d{9}-?\\d\\d'),
    },
    {
      type: 'ORG_ID',
      subtype: 'br-cnpj',
      labels: {means: 'org'},
      alone: 0.8,
      isValid: isCnpj,
      pattern: standing('\\d\\d\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d\\d'),
    },
    {
      type: 'ADDRESS',
      subtype: 'pt-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})(?:rua|avenida|av\.|travessa|praça|largo|estrada)(?: (?:de|da|do|das|dos))* \p{Lu}\p{L}+(?: [\p{L}]+){0,4},? (?:n\.?[º°] ?)?\d{1,5}(?:,? \d{4}-\d{3}(?: \p{Lu}\p{L}+)?)?(?![\p{L}\d])/giu,
    },
  ],
  words: {
    phone: 'telefone* telemóvel* celular* ligue ligar meu_número',
    card: 'cartão* cartao*',
    bank: 'conta_b* número_da_conta agência nib',
    org: 'cnpj nipc',
    passport: 'passaporte*',
    plate: 'matrícula* placa',
    birth: 'nascido* nascida* nasci data_de_nasc* nascimento',
    secret: 'senha* palavra-passe password',
    foreignId: 'cpf nif contribuinte cartão_de_cid* bilhete_de_id* niss rg',
    nameIs: 'meu_nome_é chamo-me me_chamo o_meu_nome_é',
    namedHere: 'sou_o sou_a eu_sou',
    nameKey: 'nome apelido sobrenome nome_completo',
    signOff: 'cumprimentos atenciosamente abraço',
    dear: 'olá obrigado obrigada',
    title: 'senhor senhora caro cara dr. dra',
    role: 'cliente* paciente* colega* funcionári* aluno* filho filha',
    addressIs: 'endereço* morada*',
    livesAt: 'moro_na moro_em vivo_em resido_em',
    condition: 'câncer* cancro* diabet* depress* grávid* ansiedade*',
    member: 'membro_do membro_da filiado_ao filiada_ao',
    unionised: 'sindicalizad*',
    union: 'sindicato*',
    other: 'fatura* pedido* encomenda* processo* artigo*',
  },
  firstNames: `maria ana joana inês beatriz mariana carolina sofia leonor matilde francisca rita catarina marta sara isabel
    teresa paula fernanda juliana camila larissa amanda bruna letícia patrícia luciana adriana márcia joão josé
    antónio antônio francisco carlos manuel pedro paulo luís luiz rui tiago miguel diogo afonso martim rodrigo
    gonçalo andré ricardo nuno bruno lucas gabriel rafael felipe gustavo marcelo fernando eduardo`,
};

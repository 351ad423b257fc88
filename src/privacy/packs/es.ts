/** Spanish: DNI, NIE, CIF, addresses, first names (INE), words of the language. */
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** DNI and NIE: the letter is the remainder of 23; X, Y and Z count as 0, 1 and 2. Real Decreto 1553/2005; Orden INT/2058/2008. */
export const isDni = (compact: string) =>
  /^[XYZ\d]\d{7}[A-Z]$/.test(compact) &&
  'TRWAGMYFPDXBNJZSQVHLCKE'[
    Number(compact.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))) % 23
  ] === compact[8];

/** NIF of legal persons: a letter, seven digits, a digit or letter over them. Orden EHA/451/2008. */
export function isCif(compact: string): boolean {
  if (!/^[A-HJNP-SUVW]\d{7}[0-9A-J]$/.test(compact)) return false;
  let sum = 0;
  for (let at = 1; at < 8; at++) {
    const digit = Number(compact[at]) * (at % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  const check = (10 - (sum % 10)) % 10;
  return compact[8] === String(check) || compact[8] === 'JABCDEFGHI'[check];
}

export const pack: Pack = {
  id: 'es',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'es-dni',
      labels: {means: 'foreignId'},
      alone: 0.9,
      isValid: isDni,
      pattern: standing('\\d{2}[. ]?\\d{3}[. ]?\\d{3}[- ]?[A-Z]|[XYZ][- ]?\\d{7}[- ]?[A-Z]', 'giu'),
    },
    {
      type: 'ORG_ID',
      subtype: 'es-cif',
      labels: {means: 'org'},
      alone: 0.6,
      isValid: isCif,
      pattern: standing('[A-HJNP-SUVW]-?\\d{7}-?[0-9A-J]'),
    },
    {
      type: 'ADDRESS',
      subtype: 'es-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})(?:calle|c\/|avda\.?|avenida|plaza|paseo|carrer|camino)(?: (?:de|del|la|las|los|el))* \p{Lu}[\p{L}]+(?: [\p{L}]+){0,3},? (?:n[º°o.]\.? ?)?\d{1,4}(?:,? ?\d{1,2}[ºª°]?(?: ?[A-Z])?)?(?:,? \d{5} \p{Lu}\p{L}+)?(?![\p{L}\d])/giu,
    },
  ],
  words: {
    phone: 'teléfono* móvil* llámame llame llamar celular* mi_número whatsapp',
    card: 'tarjeta*',
    bank: 'cuenta* número_de_cuenta',
    org: 'cif nif_de_la razón_social',
    passport: 'pasaporte*',
    plate: 'matrícula* coche',
    birth: 'nacido* nacida* nací fecha_de_nac* nacimiento',
    secret: 'contraseña* clave pin',
    foreignId: 'dni nie nif documento_nac* seguridad_social nuss número_de_la_seg*',
    nameIs: 'me_llamo mi_nombre_es se_llama',
    namedHere: 'soy',
    nameKey: 'nombre apellido* nombre_completo titular',
    signOff: 'saludos un_saludo atentamente cordialmente',
    dear: 'hola gracias',
    title: 'señor señora sr sra don doña estimado estimada',
    role: 'cliente* paciente* empleado* compañer* alumno* hijo hija esposa marido',
    addressIs: 'dirección* direccion* domicilio*',
    livesAt: 'vivo_en vive_en resido_en enviar_a',
    condition: 'cáncer* diabét* depresi* embaraz* asma vih sida ansiedad* discapac* baja_médica',
    member: 'miembro_de afiliado_a afiliada_a',
    unionised: 'sindicado* sindicada*',
    union: 'sindicato*',
    other: 'factura* pedido* expediente* referencia* artículo*',
  },
  firstNames: `maría carmen ana isabel laura josefa cristina marta antonia francisca lucía dolores pilar elena sara paula
    raquel mercedes rosa beatriz teresa julia alba irene patricia silvia andrea rocío mónica sofía carla claudia
    nuria inés antonio manuel josé francisco david juan javier daniel carlos jesús alejandro miguel rafael pablo
    pedro ángel sergio fernando jorge luis alberto álvaro adrián diego raúl iván rubén enrique ramón vicente
    andrés víctor óscar hugo mateo`,
};

import { isIPv4, isIPv6 } from 'node:net'
import { alike } from '../src/alike.ts'
import type { GivenAssociation, PacketForm } from '../src/dissect/associations.ts'

// What a user may call algorithms: as ip xfrm, ipsecctl, swanctl and Wireshark write them, without blanks, signs, capitals
// and the RFC in brackets.

type Cipher = {
  readonly name: string
  readonly looks: RegExp
  readonly iv: number
  readonly block: number
  /** Of those that authenticate, too: their check value. */
  readonly icv?: number
  readonly encrypts?: false
}

const key = '(?:128|192|256)?'

/** Ciphers whose ICV the name may say, in bytes or bits; `looks` are the names in front of it. */
const sized = (name: string, looks: string): Cipher[] => {
  const tag = (bytes: number) => `(?:${bytes}|${bytes * 8}|with${bytes}octeticv)`
  return [
    { name: `${name}-8`, looks: new RegExp(`^${looks}${tag(8)}$`), iv: 8, block: 1, icv: 8 },
    { name: `${name}-12`, looks: new RegExp(`^${looks}${tag(12)}$`), iv: 8, block: 1, icv: 12 },
    { name: `${name}-16`, looks: new RegExp(`^${looks}(?:${tag(16)}|192|256)?$`), iv: 8, block: 1, icv: 16 },
    { name: `${name}-16-iiv`, looks: new RegExp(`^${looks}(?:16)?iiv$`), iv: 0, block: 1, icv: 16 },
  ]
}

/** RFC 2405, 2410, 2451, 3602, 3686, 4106, 4309, 4312, 4196, 4543, 5529, 7634 and 8750. */
const ciphers: readonly Cipher[] = [
  { name: 'null', looks: /^(?:ecb)?(?:cipher)?null$/, iv: 0, block: 1, encrypts: false },
  { name: 'des-cbc', looks: /^(?:des(?:cbc)?|cbcdes)$/, iv: 8, block: 8 },
  { name: '3des-cbc', looks: /^(?:(?:3des|tripledes|des3ede)(?:cbc)?|cbcdes3ede)$/, iv: 8, block: 8 },
  { name: 'blowfish-cbc', looks: /^(?:blowfish\d*(?:cbc)?|cbcblowfish)$/, iv: 8, block: 8 },
  { name: 'cast128-cbc', looks: /^(?:cast(?:5|128)?(?:cbc)?|cbccast5)$/, iv: 8, block: 8 },
  { name: 'idea-cbc', looks: /^(?:idea(?:cbc)?|cbcidea)$/, iv: 8, block: 8 },
  { name: 'aes-cbc', looks: RegExp(`^(?:(?:aes|rijndael)${key}(?:cbc)?${key}|cbcaes)$`), iv: 16, block: 16 },
  { name: 'aes-ctr', looks: RegExp(`^(?:aes${key}ctr${key}|(?:rfc3686)?ctraes)$`), iv: 8, block: 1 },
  ...sized('aes-gcm', `(?:rfc4106)?(?:aes${key}gcm|gcmaes)`),
  ...sized('aes-ccm', `(?:rfc4309)?(?:aes${key}ccm|ccmaes)`),
  {
    name: 'aes-gmac',
    looks: RegExp(`^(?:aes${key}gmac(?:16)?|rfc4543gcmaes(?:128)?)$`),
    iv: 8,
    block: 1,
    icv: 16,
    encrypts: false,
  },
  {
    name: 'chacha20-poly1305',
    looks: /^(?:rfc7539esp)?chacha20(?:with)?poly1305$/,
    iv: 8,
    block: 1,
    icv: 16,
  },
  { name: 'chacha20-poly1305-iiv', looks: /^chacha20poly1305iiv$/, iv: 0, block: 1, icv: 16 },
  { name: 'camellia-cbc', looks: RegExp(`^(?:camellia${key}(?:cbc)?|cbccamellia)$`), iv: 16, block: 16 },
  { name: 'camellia-ctr', looks: RegExp(`^camellia${key}ctr$`), iv: 8, block: 1 },
  ...sized('camellia-ccm', `camellia${key}ccm`),
  { name: 'seed-cbc', looks: /^(?:seed(?:cbc)?|cbcseed)$/, iv: 16, block: 16 },
  { name: 'serpent-cbc', looks: RegExp(`^(?:serpent${key}(?:cbc)?|cbcserpent)$`), iv: 16, block: 16 },
  { name: 'twofish-cbc', looks: RegExp(`^(?:twofish${key}(?:cbc)?|cbctwofish)$`), iv: 16, block: 16 },
  { name: 'sm4-cbc', looks: /^(?:sm4(?:cbc)?|cbcsm4)$/, iv: 16, block: 16 },
]

type Authentication = { readonly name: string; readonly looks: RegExp; readonly icv: number }

/** RFC 2403, 2404, 2857, 3566, 4494, 4595 and 4868. */
const authentications: readonly Authentication[] = [
  { name: 'none', looks: /^(?:none|(?:digest)?null)$/, icv: 0 },
  { name: 'hmac-md5-96', looks: /^(?:hmac)?md5(?:96)?$/, icv: 12 },
  { name: 'hmac-md5-128', looks: /^(?:hmac)?md5128$/, icv: 16 },
  { name: 'hmac-sha1-96', looks: /^(?:hmac)?sha1?(?:96)?$/, icv: 12 },
  { name: 'hmac-sha1-160', looks: /^(?:hmac)?sha1160$/, icv: 20 },
  { name: 'hmac-sha2-256-128', looks: /^(?:hmac)?sha2?256(?:128)?$/, icv: 16 },
  { name: 'hmac-sha2-256-96', looks: /^(?:hmac)?sha2?25696$/, icv: 12 },
  { name: 'hmac-sha2-384-192', looks: /^(?:hmac)?sha2?384(?:192)?$/, icv: 24 },
  { name: 'hmac-sha2-512-256', looks: /^(?:hmac)?sha2?512(?:256)?$/, icv: 32 },
  { name: 'hmac-ripemd160-96', looks: /^(?:hmac|mac)?(?:ripemd|rmd)160(?:96)?$/, icv: 12 },
  { name: 'aes-xcbc-96', looks: /^(?:aesxcbc(?:mac)?|xcbcaes)(?:96)?$/, icv: 12 },
  { name: 'aes-cmac-96', looks: /^(?:aescmac|cmacaes)(?:96)?$/, icv: 12 },
]

/** A check value of so many bits, whatever makes it. */
const anyBits = /^(?:any)?(\d{1,3})(?:bits?(?:authentication)?)?$/
const mostBits = 512

const squeezed = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[^a-z\d]/g, '')

const form =
  /^(?:(?<spi>0x[\da-f]{1,8}|\d{1,10})(?:@(?<address>[\da-f.:]+))?=)?(?<cipher>[^/=]+)(?:\/(?<auth>[^=]+))?$/i

/**
 * The association that a text tells of, `[SPI[@ADDRESS]=]ALGORITHM[/AUTH]`: `aes-gcm-16`, `0x1001=3des-cbc/hmac-sha1-96`,
 * `0x1001@192.0.2.1=null/hmac-sha2-256-128`; or a sentence about what is wrong with it.
 */
export function readAssociation(text: string): GivenAssociation | string {
  const { spi, address, cipher, auth } = form.exec(text.trim())?.groups ?? {}
  if (cipher === undefined) return `${text}: not written like 0x1001@192.0.2.1=aes-cbc/hmac-sha2-256-128`
  const number = spi === undefined ? undefined : Number(spi)
  if (number !== undefined && number > 0xffffffff) return `${spi}: an SPI has 32 bits`
  const destination = address === undefined ? undefined : addressHex(address)
  if (address !== undefined && destination === undefined) return `${address}: not an address`
  const found = formOf(cipher, auth)
  return typeof found === 'string' ? found : { spi: number, destination, form: found }
}

function formOf(text: string, auth: string | undefined): PacketForm | string {
  const cipher = ciphers.find(({ looks }) => looks.test(squeezed(text)))
  if (cipher === undefined) return unknown(text, 'encryption algorithm', ciphers)
  const { name, iv, block, icv, encrypts = true } = cipher
  const check = authenticationOf(auth ?? 'none')
  if (check === undefined) return unknown(auth ?? '', 'authentication algorithm', authentications)
  if (icv === undefined || check.isBits)
    return { name: auth === undefined ? name : `${name}/${check.name}`, iv, block, icv: check.icv, encrypts }
  if (check.icv > 0) return `${name} has a check value of its own: leave /${auth} away`
  return { name, iv, block, icv, encrypts }
}

function authenticationOf(text: string): { name: string; icv: number; isBits: boolean } | undefined {
  const known = authentications.find(({ looks }) => looks.test(squeezed(text)))
  if (known) return { ...known, isBits: false }
  const bits = Number(anyBits.exec(squeezed(text))?.[1] ?? 0)
  if (bits === 0 || bits % 8 !== 0 || bits > mostBits) return undefined
  return { name: `${bits} bits`, icv: bits / 8, isBits: true }
}

function unknown(text: string, what: string, known: readonly { readonly name: string }[]): string {
  const names = known.map(({ name }) => name)
  const near = alike(text, names)
  const some = near.length > 0 ? near : names.filter(name => /^(?:aes-|chacha|3des|hmac-sha)/.test(name))
  return `${text}: no such ${what}; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${some.join(', ')} and others`}`
}

/** The bytes of an address in hex; undefined: it is none. */
function addressHex(text: string): string | undefined {
  if (isIPv4(text))
    return text
      .split('.')
      .map(octet => Number(octet).toString(16).padStart(2, '0'))
      .join('')
  if (!isIPv6(text) || text.includes('.')) return undefined
  const [front = '', back] = text.split('::')
  const words = (part: string) => part.split(':').filter(word => word !== '')
  const head = words(front)
  const tail = words(back ?? '')
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail]
    .map(word => word.padStart(4, '0'))
    .join('')
    .toLowerCase()
}

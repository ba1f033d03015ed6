import { bytes, field } from '../src/dissect/field.ts'
import { gatewayIdentityTypes } from './numbers/ikev2.ts'

const sent = 'RFC 5685 §8.2'
const came = 'RFC 5685 §8.3'

/** The glossary of the notifies that send a client to another gateway (RFC 5685). */
export const redirectFields = {
  gatewayType: field('isakmp.notify.data.redirect.gw_ident.type', 'Gateway identity type', {
    explain: 'Tells an address from a name, so that the client knows whether to ask DNS.',
    section: sent,
    values: gatewayIdentityTypes,
  }),
  gatewayLength: field('isakmp.notify.data.redirect.gw_ident.len', 'Gateway identity length', {
    explain: 'Bytes of the gateway’s name or address; what follows them is the nonce.',
    section: sent,
    show: bytes,
  }),
  newIpv4: field('isakmp.notify.data.redirect.new_resp_gw_ident.ipv4', 'New gateway', {
    type: 'ipv4',
    explain: 'The gateway that the client is to go to instead.',
    section: sent,
  }),
  newIpv6: field('isakmp.notify.data.redirect.new_resp_gw_ident.ipv6', 'New gateway', {
    type: 'ipv6',
    explain: 'The gateway that the client is to go to instead.',
    section: sent,
  }),
  newName: field('isakmp.notify.data.redirect.new_resp_gw_ident.fqdn', 'New gateway', {
    type: 'text',
    explain: 'The gateway that the client is to go to instead.',
    section: sent,
  }),
  newData: field('isakmp.notify.data.redirect.new_resp_gw_ident.data', 'New gateway', {
    type: 'bytes',
    explain: 'The gateway that the client is to go to instead, named in a way that is not known here.',
    section: sent,
  }),
  oldIpv4: field('isakmp.notify.data.redirect.org_resp_gw_ident.ipv4', 'Original gateway', {
    type: 'ipv4',
    explain: 'The gateway that sent the client here.',
    section: came,
  }),
  oldIpv6: field('isakmp.notify.data.redirect.org_resp_gw_ident.ipv6', 'Original gateway', {
    type: 'ipv6',
    explain: 'The gateway that sent the client here.',
    section: came,
  }),
  oldName: field('isakmp.notify.data.redirect.org_resp_gw_ident.fqdn', 'Original gateway', {
    type: 'text',
    explain: 'The gateway that sent the client here.',
    section: came,
  }),
  oldData: field('isakmp.notify.data.redirect.org_resp_gw_ident.data', 'Original gateway', {
    type: 'bytes',
    explain: 'The gateway that sent the client here, named in a way that is not known here.',
    section: came,
  }),
  redirectNonce: field('isakmp.notify.data.redirect.nonce_data', 'Nonce', {
    type: 'bytes',
    explain: 'The nonce of the request, which shows that the redirection answers it.',
    section: sent,
  }),
}

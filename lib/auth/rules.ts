/** Set by the page while a person reconnects HubSpot; read when HubSpot's answer arrives. */
export const reconnectCookie = 'segbridge-reconnect';

<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:songda:mapping" exclude-result-prefixes="s">
  <xsl:output method="json"/>
  <xsl:template match="/order">
    <xsl:sequence select="if (s:phone(phone)) then () else s:refuse('/order/phone', '电话不对 / not a phone')"/>
    <xsl:sequence select="map {
      'orderNo': string(@no),
      'payer': s:code('codes', pay, 'payer', '/order/pay'),
      'phone': s:phone(phone),
      'ok': s:credit-code-ok(credit)
    }"/>
  </xsl:template>
</xsl:stylesheet>

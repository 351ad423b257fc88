/** The word `close` of each catalog, for what closes before any catalog is there. A test compares them. */
export const closeWords =
  'ar~إغلاق|cs~Zavřít|da~Luk|de~Schließen|el~Κλείσιμο|en~Close|es~Cerrar|et~Sulge|fa~بستن|fi~Sulje|fr~Fermer|he~סגירה|hu~Bezárás|is~Loka|it~Chiudi|ja~閉じる|lt~Uždaryti|lv~Aizvērt|nb~Lukk|nl~Sluiten|nn~Lukk|pl~Zamknij|pt~Fechar|ro~Închideți|so~Xir|sv~Stäng|tr~Kapat|uk~Закрити';

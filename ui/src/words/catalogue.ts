/**
 * Every sentence of the window, in English and in Swahili. One catalogue: a key that is missing
 * here fails to compile, a key that nobody uses fails a test.
 *
 * House words: "till" is only ever the M-PESA number, "code" stays *code* in Swahili (kodi is rent
 * or tax), nobody is a "he", no number from the wire without words.
 */
export const catalogue = {
  // The frame
  counter_name: { en: 'Counter {counter}', sw: 'Kaunta {counter}' },
  online: { en: 'Online', sw: 'Mtandaoni' },
  offline: { en: 'No internet', sw: 'Hakuna intaneti' },
  link_unknown: { en: 'Not asked yet', sw: 'Bado' },
  nav_sell: { en: 'Sell', sw: 'Uza' },
  nav_day: { en: 'Day', sw: 'Siku' },
  nav_settings: { en: 'Settings', sw: 'Mipangilio' },
  opening: { en: 'Opening the till…', sw: 'Inafungua…' },
  practice_band: { en: 'Practice: not real money', sw: 'Mazoezi: si pesa halisi' },
  sandbox_band: { en: 'Safaricom sandbox: not real money', sw: 'Safaricom sandbox: si pesa halisi' },
  elsewhere_band: {
    en: 'Not Safaricom but {address}: not real money',
    sw: 'Si Safaricom bali {address}: si pesa halisi',
  },
  open_phone: { en: 'Customer’s phone', sw: 'Simu ya mteja' },
  clock_ahead: {
    en: 'This PC’s clock is {time} ahead of Safaricom’s. Set the PC’s date and time',
    sw: 'Saa ya kompyuta iko mbele ya Safaricom kwa {time}. Rekebisha tarehe na saa',
  },
  clock_behind: {
    en: 'This PC’s clock is {time} behind Safaricom’s. Set the PC’s date and time',
    sw: 'Saa ya kompyuta iko nyuma ya Safaricom kwa {time}. Rekebisha tarehe na saa',
  },
  date_doubt: {
    en: 'This PC says {now}, but the newest sale is from {newest}. Is the PC’s date right? If not, set it first.',
    sw: 'Kompyuta inasema {now}, lakini mauzo ya mwisho ni ya {newest}. Je, tarehe ya kompyuta ni sahihi? Kama si sahihi, irekebishe kwanza.',
  },
  date_right: { en: 'The date is right', sw: 'Tarehe ni sahihi' },
  backup_disk_full: {
    en: 'No backup of today: the disk is full. Free some space; selling goes on',
    sw: 'Hakuna nakala ya leo: diski imejaa. Ongeza nafasi; mauzo yanaendelea',
  },
  backup_disk_read_only: {
    en: 'No backup of today: Keshia may not write to its backups folder. Selling goes on',
    sw: 'Hakuna nakala ya leo: Keshia haiwezi kuandika kwenye folda ya nakala. Mauzo yanaendelea',
  },
  backup_damaged: {
    en: 'No backup of today: the book is damaged. Show this to the owner now',
    sw: 'Hakuna nakala ya leo: faili ya mauzo imeharibika. Mwonyeshe mwenye duka sasa',
  },
  backup_failed: {
    en: 'No backup of today: check the disk. Selling goes on',
    sw: 'Hakuna nakala ya leo: kagua diski. Mauzo yanaendelea',
  },
  minutes: { en: '{n} min', sw: 'dakika {n}' },
  hours: { en: '{n} h', sw: 'masaa {n}' },
  days: { en: '{n} days', sw: 'siku {n}' },

  // First start
  doors_title: { en: 'How will this shop begin?', sw: 'Duka hili lianze vipi?' },
  doors_note: {
    en: 'You can walk through another door any day. No sale is lost.',
    sw: 'Unaweza kupitia mlango mwingine siku yoyote. Hakuna mauzo yatakayopotea.',
  },
  door_today: { en: 'Start today', sw: 'Anza leo' },
  door_today_note: {
    en: 'Only the till number from your sticker. Cash and M-PESA codes, no keys.',
    sw: 'Nambari ya till kwenye stika tu. Taslimu na code za M-PESA, bila funguo.',
  },
  door_practice: { en: 'Practice', sw: 'Mazoezi' },
  door_practice_note: {
    en: 'Play money, and a customer’s phone on this screen. Nothing can go wrong.',
    sw: 'Pesa za kuigiza, na simu ya mteja kwenye skrini hii. Huwezi kukosea.',
  },
  door_connect: { en: 'Connect to Safaricom', sw: 'Unganisha na Safaricom' },
  door_connect_note: {
    en: 'With your Daraja keys Keshia asks the customer’s phone for the PIN.',
    sw: 'Kwa funguo zako za Daraja, Keshia inaomba PIN kwenye simu ya mteja.',
  },
  back: { en: 'Back', sw: 'Rudi' },
  shop_name: { en: 'Name of the shop', sw: 'Jina la duka' },
  till_number: { en: 'Till number', sw: 'Nambari ya till' },
  sticker_lipa: { en: 'LIPA NA M-PESA', sw: 'LIPA NA M-PESA' },
  sticker_goods: { en: 'BUY GOODS TILL NUMBER', sw: 'NAMBARI YA TILL' },
  today_title: { en: 'Start today', sw: 'Anza leo' },
  today_lead: {
    en: 'Type the number from the sticker on your counter. Customers pay it from their own phones, and you type the M-PESA code.',
    sw: 'Andika nambari iliyo kwenye stika ya kaunta yako. Wateja watalipa kwa simu zao, nawe utaandika code ya M-PESA.',
  },
  today_go: { en: 'Open the till', sw: 'Fungua' },
  shop_name_missing: { en: 'Give the shop a name', sw: 'Andika jina la duka' },
  number_wrong: {
    en: 'Five to seven digits, as on the sticker or in Safaricom’s letter',
    sw: 'Tarakimu tano hadi saba, kama kwenye stika au barua ya Safaricom',
  },

  // Connect
  connect_title: { en: 'Connect to Safaricom', sw: 'Unganisha na Safaricom' },
  connect_kind: { en: 'What do customers pay to?', sw: 'Wateja wanalipa kwa nini?' },
  kind_till: { en: 'A till', sw: 'Till' },
  kind_paybill: { en: 'A paybill', sw: 'Paybill' },
  connect_environment: { en: 'Which keys are these?', sw: 'Hizi ni funguo za wapi?' },
  env_production: { en: 'Real money', sw: 'Pesa halisi' },
  env_sandbox: { en: 'Sandbox (trial)', sw: 'Sandbox (majaribio)' },
  store_number: { en: 'Store number', sw: 'Nambari ya store' },
  store_where: {
    en: 'From Safaricom’s go-live e-mail. It is not the number on the sticker.',
    sw: 'Iko kwenye barua pepe ya go-live ya Safaricom. Si nambari ya stika.',
  },
  mail_subject: { en: 'M-PESA go-live: your details', sw: 'M-PESA go-live: maelezo yako' },
  mail_line: { en: 'Head office / store number', sw: 'Head office / store number' },
  till_where: { en: 'From the sticker on the counter.', sw: 'Iko kwenye stika ya kaunta.' },
  paybill_number: { en: 'Paybill number', sw: 'Nambari ya paybill' },
  paybill_where: {
    en: 'The business number customers type under Lipa na M-PESA.',
    sw: 'Nambari ya biashara ambayo wateja huandika kwenye Lipa na M-PESA.',
  },
  sign_paybill: { en: 'PAYBILL · BUSINESS NUMBER', sw: 'PAYBILL · NAMBARI YA BIASHARA' },
  connect_keys: { en: 'Keys', sw: 'Funguo' },
  keys_where: {
    en: 'From developer.safaricom.co.ke, My Apps; the passkey comes by e-mail. They go into this computer’s key store and are never shown again.',
    sw: 'Kutoka developer.safaricom.co.ke, My Apps; passkey huja kwa barua pepe. Zitahifadhiwa salama kwenye kompyuta hii na hazitaonyeshwa tena.',
  },
  consumer_key: { en: 'Consumer key', sw: 'Consumer key' },
  consumer_secret: { en: 'Consumer secret', sw: 'Consumer secret' },
  passkey: { en: 'Passkey', sw: 'Passkey' },
  key_missing: { en: 'Paste this key', sw: 'Bandika ufunguo huu' },
  test_connection: { en: 'Test the connection', sw: 'Jaribu muunganisho' },
  testing: { en: 'Asking Safaricom…', sw: 'Inauliza Safaricom…' },
  test_good: {
    en: 'Safaricom knows these keys. Connect, then try it with KSh 1.',
    sw: 'Safaricom inazitambua funguo hizi. Unganisha, kisha jaribu kwa KSh 1.',
  },
  connect_go: { en: 'Connect', sw: 'Unganisha' },
  connecting: { en: 'Connecting…', sw: 'Inaunganisha…' },

  // The counter
  amount: { en: 'Amount', sw: 'Kiasi' },
  left_to_pay: { en: 'Left to pay', sw: 'Bado kulipwa' },
  phone_label: { en: 'Phone, last 3 digits, or leave empty', sw: 'Simu, nambari 3 za mwisho, au acha wazi' },
  phone_other: { en: 'The other phone', sw: 'Simu nyingine' },
  hint_push: { en: 'prompt goes to {phone}', sw: 'ombi litaenda kwa {phone}' },
  hint_digits: { en: 'customer pays, phone ends {digits}', sw: 'mteja analipa, simu inaishia {digits}' },
  hint_empty: { en: 'empty: customer pays the till', sw: 'wazi: mteja analipa kwa till' },
  hint_empty_paybill: { en: 'empty: customer pays the paybill', sw: 'wazi: mteja analipa kwa paybill' },
  type_amount: { en: 'Type the amount', sw: 'Andika kiasi' },
  go_to_phone: { en: 'Then the phone · {amount}', sw: 'Kisha simu · {amount}' },
  go_to_digits: { en: 'Then the last 3 digits · {amount}', sw: 'Kisha nambari 3 za mwisho · {amount}' },
  send_prompt: { en: 'Send M-PESA prompt · {amount}', sw: 'Tuma ombi la M-PESA · {amount}' },
  send_again: { en: 'Send M-PESA prompt again · {amount}', sw: 'Tuma tena ombi la M-PESA · {amount}' },
  pays_till: { en: 'Customer pays till {number}', sw: 'Mteja analipa kwa till {number}' },
  pays_paybill: { en: 'Customer pays paybill {number}', sw: 'Mteja analipa kwa paybill {number}' },
  pays_somewhere: { en: 'Customer pays the till', sw: 'Mteja analipa kwa till' },
  way_till: { en: 'Pays the till', sw: 'Alipe kwa till' },
  way_paybill: { en: 'Pays the paybill', sw: 'Alipe kwa paybill' },
  way_cash: { en: 'Cash', sw: 'Taslimu' },
  way_code: { en: 'M-PESA code', sw: 'Code ya M-PESA' },
  way_wrong_number: { en: 'Wrong number?', sw: 'Nambari si sahihi?' },
  way_prompt: { en: 'Send a prompt', sw: 'Tuma ombi' },
  way_send_anyway: { en: 'Send prompt anyway', sw: 'Tuma ombi hata hivyo' },
  next_customer: { en: 'Next customer', sw: 'Mteja anayefuata' },
  all_keys: { en: 'all keys', sw: 'vitufe vyote' },
  esc_clear: { en: 'clear', sw: 'futa' },
  esc_back: { en: 'back', sw: 'rudi' },
  esc_next: { en: 'next customer', sw: 'mteja anayefuata' },
  number_pad: { en: 'Number pad', sw: 'Vitufe vya nambari' },
  working: { en: 'Writing it down…', sw: 'Inaandika…' },
  wrong_number_title: { en: 'Wrong number? Send to another', sw: 'Nambari si sahihi? Tuma kwa nyingine' },
  wrong_number_note: {
    en: 'The prompt to {phone} stays watched. If that phone pays too, Keshia will say so.',
    sw: 'Ombi la {phone} bado linaangaliwa. Simu hiyo ikilipa pia, Keshia itakuambia.',
  },
  phone_digits: { en: 'Last 3 digits of the phone', sw: 'Nambari 3 za mwisho za simu' },
  send_anyway_phone: {
    en: 'Type the whole phone number to send a prompt',
    sw: 'Andika nambari nzima ya simu ili kutuma ombi',
  },
  instead_offline: {
    en: 'No internet. Cash and till still work',
    sw: 'Hakuna intaneti. Taslimu na till zinaendelea',
  },
  instead_slow: {
    en: 'M-PESA is slow: let the customer pay the till',
    sw: 'M-PESA inachelewa: mteja alipe kwa till',
  },
  paid_meanwhile: { en: 'This sale has just been paid.', sw: 'Mauzo haya yamelipwa sasa hivi.' },

  // Slips at the fields
  sum_empty: { en: 'Type the amount first', sw: 'Andika kiasi kwanza' },
  sum_unfinished: { en: 'Finish the sum: a number is missing', sw: 'Malizia hesabu: nambari inakosekana' },
  sum_divide_by_zero: { en: 'Nothing can be divided by 0', sw: 'Huwezi kugawa kwa 0' },
  sum_not_a_sum: {
    en: 'Only digits and + − × ÷ ( ) make an amount',
    sw: 'Kiasi ni tarakimu na + − × ÷ ( ) tu',
  },
  sum_negative: { en: 'The amount is below 0', sw: 'Kiasi kiko chini ya 0' },
  sum_zero: { en: 'The amount must be more than 0', sw: 'Kiasi lazima kizidi 0' },
  sum_too_large: { en: 'That amount is too large', sw: 'Kiasi hicho ni kikubwa mno' },
  sum_too_fine: { en: 'At most two digits after the point', sw: 'Tarakimu mbili tu baada ya nukta' },
  slip_whole_shillings: {
    en: 'M-PESA takes whole shillings. Cash may have cents',
    sw: 'M-PESA hupokea shilingi kamili. Taslimu inaweza kuwa na senti',
  },
  slip_above_mpesa: {
    en: 'M-PESA takes at most KSh 250,000 at once. Take part in cash',
    sw: 'M-PESA hupokea hadi KSh 250,000 kwa mara moja. Sehemu ilipwe taslimu',
  },
  slip_below_mpesa: { en: 'M-PESA takes KSh 1 or more', sw: 'M-PESA hupokea kuanzia KSh 1' },
  phone_too_short: { en: 'The phone number is too short', sw: 'Nambari ya simu ni fupi' },
  phone_too_long: { en: 'The phone number is too long', sw: 'Nambari ya simu ni ndefu' },
  phone_not_digits: { en: 'A phone number has only digits', sw: 'Nambari ya simu ni tarakimu tu' },
  phone_not_a_mobile: {
    en: 'M-PESA numbers begin with 07 or 01',
    sw: 'Nambari za M-PESA huanza na 07 au 01',
  },
  phone_other_country: {
    en: 'Only Kenyan numbers (+254) have M-PESA here',
    sw: 'Ni nambari za Kenya (+254) tu',
  },

  // Cash
  cash_given: { en: 'Cash given', sw: 'Taslimu iliyotolewa' },
  cash_hint: { en: 'empty: exactly {amount}', sw: 'wazi: {amount} kamili' },
  cash_exact: { en: 'Cash, exactly {amount}', sw: 'Taslimu, {amount} kamili' },
  cash_change: { en: 'Cash {cash} · change {change}', sw: 'Taslimu {cash} · chenji {change}' },
  paid_part: { en: '{paid} paid · left {left}', sw: 'Imelipwa {paid} · bado {left}' },
  cash_part: { en: 'Cash {cash} · left {left}', sw: 'Umepokea {cash} taslimu · bado {left}' },
  cash_wait: { en: 'Type the cash', sw: 'Andika taslimu' },
  change: { en: 'Change', sw: 'Chenji' },

  // Code
  code_label: { en: 'M-PESA code', sw: 'Code ya M-PESA' },
  code_hint: { en: '10 letters and digits', sw: 'herufi na tarakimu 10' },
  read_from: { en: 'Where did you read it?', sw: 'Umeisoma wapi?' },
  read_customer: { en: 'Customer’s phone', sw: 'Simu ya mteja' },
  read_shop: { en: 'Shop’s phone', sw: 'Simu ya duka' },
  code_take: { en: 'Take code · {amount}', sw: 'Pokea code · {amount}' },
  code_take_anyway: { en: 'Take it all the same · {amount}', sw: 'Pokea hata hivyo · {amount}' },
  code_wait: { en: 'Type the code', sw: 'Andika code' },
  code_note: {
    en: 'A typed code is written down as not yet confirmed.',
    sw: 'Code iliyoandikwa huhifadhiwa kama bado haijathibitishwa.',
  },
  code_used_note: {
    en: 'It paid sale {reference} on {date}, {time}.',
    sw: 'Ililipa mauzo {reference} tarehe {date}, {time}.',
  },
  code_once_more: {
    en: 'Press Enter once more to take it all the same.',
    sw: 'Bonyeza Enter tena ili kuipokea hata hivyo.',
  },
  warn_shape: { en: 'A code has 10 letters and digits', sw: 'Code ina herufi na tarakimu 10' },
  warn_old: { en: 'Old message: code is from {date}', sw: 'Ujumbe wa zamani: code ni ya {date}' },
  warn_future: {
    en: 'This code names a day still to come: {date}',
    sw: 'Code hii inataja siku ambayo bado haijafika: {date}',
  },
  warn_odd_date: {
    en: 'No real code begins like this. Compare it letter by letter',
    sw: 'Hakuna code halisi inayoanza hivi. Linganisha herufi kwa herufi',
  },
  warn_used: { en: 'Code already used', sw: 'Code hii imeshatumika' },
  code_good: { en: 'The code’s date is right.', sw: 'Tarehe ya code ni sahihi.' },

  // Asking
  asking_for: { en: 'Asking for', sw: 'Inaomba' },
  state_sending: { en: 'Sending to Safaricom', sw: 'Inatuma kwa Safaricom' },
  state_waiting: { en: 'Waiting for the customer’s PIN', sw: 'Inasubiri PIN ya mteja' },
  step_sent: { en: 'Sent to Safaricom', sw: 'Imetumwa kwa Safaricom' },
  step_on_way: { en: 'On its way to {phone}', sw: 'Ombi limetumwa kwa {phone}' },
  step_on_way_note: { en: 'The customer enters the PIN', sw: 'Mteja aweke PIN' },
  step_paid: { en: 'Paid', sw: 'Imelipwa' },
  asking_note: {
    en: 'Keshia asks Safaricom every few seconds. You can serve the next customer: this sale goes on, on the roll.',
    sw: 'Keshia inauliza Safaricom kila baada ya sekunde chache. Hudumia mteja anayefuata: mauzo haya yanaendelea kwenye orodha.',
  },

  // Waiting for the till
  state_till: { en: 'The customer pays', sw: 'Mteja analipa' },
  till_no_number: { en: 'the till on the counter', sw: 'till iliyo kaunta' },
  till_digits: { en: 'Phone ends {digits}', sw: 'Simu inaishia {digits}' },
  till_note: {
    en: 'When the M-PESA message comes, press M and type its code.',
    sw: 'Ujumbe wa M-PESA ukifika, bonyeza M na uandike code yake.',
  },
  till_note_list: {
    en: 'Keshia looks for the payment in Safaricom’s list. If the M-PESA message comes first, press M and type its code.',
    sw: 'Keshia inatafuta malipo kwenye orodha ya Safaricom. Ujumbe wa M-PESA ukifika kwanza, bonyeza M na uandike code yake.',
  },
  code_drawn: {
    en: 'A phone’s camera reads the number and the amount here. It does not open M-PESA.',
    sw: 'Kamera ya simu husoma nambari na kiasi hapa. Haifungui M-PESA.',
  },
  code_safaricoms: {
    en: 'From Safaricom: the customer scans it in the M-PESA app.',
    sw: 'Kutoka Safaricom: mteja ai-scan kwenye app ya M-PESA.',
  },
  account: { en: 'Account', sw: 'Akaunti' },

  // Not known
  state_unknown: { en: 'Not known yet', sw: 'Bado haijulikani' },
  unknown_money: {
    en: 'Money may have moved. Do not send again',
    sw: 'Huenda pesa imeshatoka. Usitume ombi lingine',
  },
  keshia_asks: { en: 'Keshia is asking Safaricom', sw: 'Keshia inauliza Safaricom' },
  keshia_asks_again: { en: 'Keshia is asking Safaricom again', sw: 'Keshia inauliza Safaricom tena' },
  keshia_reads_too: {
    en: 'Keshia also reads Safaricom’s list of payments',
    sw: 'Keshia pia inasoma orodha ya malipo ya Safaricom',
  },
  keshia_reads: {
    en: 'Safaricom’s answer was lost. Keshia is reading Safaricom’s list of payments to find out',
    sw: 'Jibu la Safaricom lilipotea. Keshia inasoma orodha ya malipo ya Safaricom ili kujua',
  },
  cannot_ask: {
    en: 'Safaricom’s answer was lost, so Keshia cannot ask. Only the customer’s phone or the M-PESA statement can tell',
    sw: 'Jibu la Safaricom lilipotea, kwa hiyo Keshia haiwezi kuuliza. Simu ya mteja au taarifa ya M-PESA (statement) pekee ndiyo itaonyesha',
  },
  too_old_to_ask: {
    en: 'Too old to ask Safaricom about. Only the M-PESA statement can tell',
    sw: 'Ni ya zamani mno kuuliza Safaricom. Taarifa ya M-PESA (statement) pekee ndiyo itaonyesha',
  },
  list_read_at: { en: 'last read {time}', sw: 'imesomwa {time}' },
  list_not_read: { en: 'not read yet', sw: 'bado haijasomwa' },
  read_now: { en: 'Read it now', sw: 'Isome sasa' },
  state_awaits: { en: 'Waits for the statement', sw: 'Inasubiri statement' },
  asked_last: { en: 'last asked {time}', sw: 'imeuliza mara ya mwisho {time}' },
  not_asked: { en: 'first answer soon', sw: 'jibu la kwanza linakuja' },
  ask_in: {
    en: 'In {s} s ask the customer: did an M-PESA message come?',
    sw: 'Baada ya sekunde {s} muulize mteja: amepata ujumbe wa M-PESA?',
  },
  send_in: { en: 'You can send again in {s} s', sw: 'Unaweza kutuma tena baada ya sekunde {s}' },
  send_later: {
    en: 'Another phone can be asked now, this one must wait',
    sw: 'Simu nyingine inaweza kuombwa sasa, hii isubiri',
  },
  ask_customer: {
    en: 'Ask the customer: did an M-PESA message come?',
    sw: 'Muulize mteja: amepata ujumbe wa M-PESA?',
  },
  ask_yes: { en: 'Yes: type its code', sw: 'Ndiyo: andika code' },
  ask_no: { en: 'No message', sw: 'Hapana, hakuna ujumbe' },
  ask_said_no: {
    en: 'The customer has no M-PESA message. You may send again; Keshia keeps watching the first prompt.',
    sw: 'Mteja hana ujumbe wa M-PESA. Unaweza kutuma tena; Keshia inaendelea kuangalia ombi la kwanza.',
  },
  ask_now: { en: 'Ask now', sw: 'Uliza sasa' },

  // Not paid
  state_not_paid: { en: 'Not paid', sw: 'Haijalipwa' },
  state_not_paid_perhaps: { en: 'Not paid, it seems', sw: 'Inaonekana haijalipwa' },
  was_to: { en: 'Prompt to {phone}', sw: 'Ombi kwa {phone}' },

  // Paid
  state_paid: { en: 'Paid', sw: 'Imelipwa' },
  state_taken_back: { en: 'Taken back', sw: 'Imerudishwa' },
  paid_no_receipt: { en: 'M-PESA code not known yet', sw: 'Code ya M-PESA bado haijulikani' },
  paid_by_word: {
    en: 'On a person’s word. M-PESA code not known yet',
    sw: 'Kwa neno la mtu. Code ya M-PESA bado haijulikani',
  },
  do_not_pay_again: {
    en: 'Paid. Tell the customer not to enter the PIN again',
    sw: 'Imelipwa. Mwambie mteja asiweke PIN tena',
  },
  time_unsure: {
    en: 'The PC’s date was in doubt when this was written',
    sw: 'Tarehe ya kompyuta haikuwa ya uhakika haya yalipoandikwa',
  },
  paid_confirmed: { en: 'Confirmed by M-PESA', sw: 'Imethibitishwa na M-PESA' },
  paid_not_confirmed: { en: 'Not yet confirmed', sw: 'Bado haijathibitishwa' },
  paid_type_next: { en: 'Type the next amount.', sw: 'Andika kiasi kinachofuata.' },
  part_cash: { en: 'Cash {amount}', sw: 'Taslimu {amount}' },
  part_mpesa: { en: 'M-PESA {amount}', sw: 'M-PESA {amount}' },
  state_voided: { en: 'Voided', sw: 'Imefutwa' },
  voided_note: { en: 'Nothing was paid for this sale.', sw: 'Hakuna kilicholipwa kwa mauzo haya.' },

  // Void
  void_sale: { en: 'Void this sale', sw: 'Futa mauzo haya' },
  void_label: { en: 'Why is this sale void?', sw: 'Kwa nini mauzo haya yanafutwa?' },
  void_go: { en: 'Void · {amount}', sw: 'Futa · {amount}' },
  void_why_left: { en: 'Customer left', sw: 'Mteja ameondoka' },
  void_why_wrong: { en: 'Wrong amount', sw: 'Kiasi si sahihi' },
  void_why_needed: { en: 'Write a reason in a few words', sw: 'Andika sababu kwa maneno machache' },
  cannot_void: {
    en: 'This sale cannot be voided while money may be on its way or was taken',
    sw: 'Mauzo haya hayawezi kufutwa pesa ikiwa njiani au ikiwa imepokelewa',
  },

  // A person answers
  judge_open: { en: 'Answer for it', sw: 'Jibu kuhusu hili' },
  judge_title: { en: 'You answer for this prompt', sw: 'Wewe unajibu kuhusu ombi hili' },
  judge_note: {
    en: 'Your word goes into the book with your reason, and the owner sees it. If M-PESA shows something else later, M-PESA counts.',
    sw: 'Neno lako litaandikwa kitabuni pamoja na sababu, na mwenye duka ataliona. M-PESA ikionyesha tofauti baadaye, M-PESA ndiyo itahesabiwa.',
  },
  judge_paid: { en: 'It was paid', sw: 'Ililipwa' },
  judge_not_paid: { en: 'It was not paid', sw: 'Haikulipwa' },
  judge_how: { en: 'How do you know?', sw: 'Umejuaje?' },
  judge_why_statement: { en: 'Read on the M-PESA statement', sw: 'Nimesoma kwenye statement ya M-PESA' },
  judge_why_phone: { en: 'Seen on the customer’s phone', sw: 'Nimeona kwenye simu ya mteja' },
  judge_go_paid: { en: 'Write down: paid · {amount}', sw: 'Andika: ililipwa · {amount}' },
  judge_go_not_paid: { en: 'Write down: not paid · {amount}', sw: 'Andika: haikulipwa · {amount}' },
  judge_choose: { en: 'Was it paid or not?', sw: 'Ililipwa au haikulipwa?' },
  judge_why_needed: { en: 'Say in a few words how you know', sw: 'Eleza kwa maneno machache umejuaje' },

  // Who said what
  history: { en: 'Who said what', sw: 'Nani alisema nini' },
  history_back: { en: 'Back to the sale', sw: 'Rudi kwenye mauzo' },
  history_none: {
    en: 'Nobody has said anything about this sale’s M-PESA yet.',
    sw: 'Hakuna aliyesema lolote kuhusu M-PESA ya mauzo haya.',
  },
  history_loading: { en: 'Reading the book…', sw: 'Inasoma kitabu…' },
  who_answer: { en: 'When it was sent', sw: 'Lilipotumwa' },
  who_query: { en: 'Safaricom, when asked', sw: 'Safaricom, ilipoulizwa' },
  who_callback: { en: 'Safaricom, by itself', sw: 'Safaricom, yenyewe' },
  who_money_in: { en: 'The payment that came in', sw: 'Malipo yaliyoingia' },
  who_notice: { en: 'M-PESA’s notice to the shop', sw: 'Ujumbe wa M-PESA kwa duka' },
  who_list: { en: 'Safaricom’s list', sw: 'Orodha ya Safaricom' },
  who_statement: { en: 'M-PESA statement', sw: 'Statement ya M-PESA' },
  who_shop_phone: { en: 'Typed from the shop’s phone', sw: 'Imeandikwa kutoka simu ya duka' },
  who_customer_phone: { en: 'Typed from the customer’s phone', sw: 'Imeandikwa kutoka simu ya mteja' },
  who_person: { en: 'A person at the counter', sw: 'Mtu wa kaunta' },
  said_accepted: { en: 'Safaricom took the prompt', sw: 'Safaricom imepokea ombi' },
  said_paid: { en: 'paid', sw: 'imelipwa' },
  said_code: { en: 'code {code} · {amount}', sw: 'code {code} · {amount}' },
  said_set_up_test: { en: 'this is the set-up test', sw: 'hili ni jaribio la mipangilio' },
  said_no_message: {
    en: 'the customer has no M-PESA message',
    sw: 'mteja hana ujumbe wa M-PESA',
  },
  said_none_of_it: {
    en: 'shows every payment of that time, and this is not among them',
    sw: 'inaonyesha malipo yote ya wakati huo, na haya hayamo',
  },
  said_was_paid: { en: 'says that it was paid', sw: 'anasema ililipwa' },
  said_was_not_paid: { en: 'says that it was not paid', sw: 'anasema haikulipwa' },
  said_other_amount: { en: 'names another amount: {amount}', sw: 'inataja kiasi kingine: {amount}' },
  said_other_code: {
    en: 'names a code that pays something else: {code}',
    sw: 'inataja code inayolipa kitu kingine: {code}',
  },

  // Matters
  matter_refund_due: { en: 'Refund due', sw: 'Pesa ya kumrudishia mteja' },
  matter_refund_due_note: {
    en: 'Another M-PESA payment also paid this sale. Give this much back.',
    sw: 'Malipo mengine ya M-PESA pia yalilipa mauzo haya. Mrudishie mteja kiasi hiki.',
  },
  matter_too_much: { en: 'Too much by {amount}', sw: 'Imezidi kwa {amount}' },
  matter_too_much_note: {
    en: 'The customer paid the till more than this sale. Give the difference back.',
    sw: 'Mteja amelipa till zaidi ya mauzo haya. Mrudishie tofauti.',
  },
  matter_perhaps_same_money: { en: 'Perhaps the same money', sw: 'Huenda ni pesa ile ile' },
  matter_perhaps_same_money_note: {
    en: 'Safaricom says a prompt was paid too, without a receipt number. Compare the messages before giving anything back.',
    sw: 'Safaricom inasema ombi pia lililipwa, bila nambari ya risiti. Linganisha ujumbe kabla ya kurudisha pesa.',
  },
  matter_contradiction: { en: 'Two witnesses disagree', sw: 'Taarifa mbili zinapingana' },
  matter_contradiction_note: {
    en: 'Both are kept. Show this sale to the owner.',
    sw: 'Zote zimehifadhiwa. Mwonyeshe mwenye duka mauzo haya.',
  },

  matter_code_of_another: {
    en: 'This code belongs to another sale’s payment',
    sw: 'Code hii ni ya malipo ya mauzo mengine',
  },
  matter_code_of_another_note: {
    en: 'It cannot pay this sale too. Ask the customer for the right message, or take the money another way.',
    sw: 'Haiwezi kulipa mauzo haya pia. Mwombe mteja ujumbe sahihi, au pokea pesa kwa njia nyingine.',
  },
  matter_perhaps_code_of_another: {
    en: 'This code may be of another sale’s prompt',
    sw: 'Code hii huenda ni ya ombi la mauzo mengine',
  },
  matter_perhaps_code_of_another_note: {
    en: 'The same phone was asked for as much for another sale. Two messages on the phone: both are paid.',
    sw: 'Simu hiyo hiyo iliombwa kiasi hiki kwa mauzo mengine. Ujumbe mbili kwenye simu: yote yamelipwa.',
  },
  matter_reversed: { en: 'The payment was taken back', sw: 'Malipo yalirudishwa kwa mteja' },
  matter_reversed_note: {
    en: 'M-PESA’s statement shows that it was reversed after this sale. The shop does not have this money.',
    sw: 'Taarifa ya M-PESA inaonyesha yalirudishwa baada ya mauzo haya. Duka halina pesa hizi.',
  },

  matter_also_at_another_counter: {
    en: 'Another counter has this payment too',
    sw: 'Kaunta nyingine pia ina malipo haya',
  },
  matter_also_at_another_counter_note: {
    en: 'It is this sale’s own. Somebody at the other counter gave it to a sale there: that sale is not paid.',
    sw: 'Ni ya mauzo haya. Mtu kwenye kaunta nyingine aliyapa mauzo ya huko: mauzo hayo hayajalipwa.',
  },

  // Day
  day_before: { en: 'Day before', sw: 'Siku iliyotangulia' },
  day_after: { en: 'Day after', sw: 'Siku inayofuata' },
  day_taken: { en: 'Taken', sw: 'Iliyopokelewa' },
  day_proved: { en: 'M-PESA, with code', sw: 'M-PESA, yenye code' },
  day_not_proved: { en: 'M-PESA, without code', sw: 'M-PESA, bila code' },
  day_cash: { en: 'Cash', sw: 'Taslimu' },
  day_refunds: { en: 'Refunds due', sw: 'Ya kurudishia wateja' },
  day_looks: { en: '{count} to look at', sw: '{count} ya kuangalia' },
  day_nothing: { en: 'Nothing to look at', sw: 'Hakuna cha kuangalia' },
  day_open: { en: 'Open', sw: 'Fungua' },
  day_words: { en: 'What persons answered for', sw: 'Yaliyojibiwa na watu' },
  day_holes: {
    en: 'Times with prompts in which Safaricom’s list was not seen whole',
    sw: 'Nyakati za maombi ambazo orodha ya Safaricom haikuonekana yote',
  },

  // Money in
  money_title: { en: 'Money in, sale not written', sw: 'Pesa imeingia, mauzo hayajaandikwa' },
  money_now: { en: 'just now', sw: 'sasa hivi' },
  money_whose: { en: 'Whose is this?', sw: 'Hii ni ya nani?' },
  money_for: { en: 'For the sale of {time}', sw: 'Ni ya mauzo ya {time}' },
  money_for_reference: { en: 'For sale {reference}', sw: 'Ni ya mauzo {reference}' },
  money_in_hand: { en: 'For the sale in hand', sw: 'Ni ya mauzo ya sasa' },
  money_too_little: { en: 'Too little by {amount}', sw: 'Imepungua kwa {amount}' },
  money_make: { en: 'Make it a sale', sw: 'Iandike kuwa mauzo' },
  money_none: { en: 'No, a sale of its own', sw: 'Hapana, ni mauzo mengine' },
  money_more: { en: 'and {n} more', sw: 'na {n} zaidi' },

  // The roll
  roll_title: { en: 'Today’s roll', sw: 'Mauzo ya leo' },
  roll_newest: { en: 'newest on top', sw: 'mapya juu' },
  roll_looking: { en: 'show all', sw: 'onyesha yote' },
  roll_loading: { en: 'Reading today’s sales…', sw: 'Inasoma mauzo ya leo…' },
  roll_empty: { en: 'No sale yet today', sw: 'Bado hakuna mauzo leo' },
  roll_empty_note: {
    en: 'Type an amount, Enter, a phone number, Enter.',
    sw: 'Andika kiasi, Enter, nambari ya simu, Enter.',
  },
  roll_practice_title: { en: 'Customers to try', sw: 'Wateja wa kujaribu' },
  roll_practice_pays: { en: 'pays', sw: 'analipa' },
  roll_practice_cancels: { en: 'cancels', sw: 'anaghairi' },
  roll_practice_poor: { en: 'has no money', sw: 'hana pesa' },
  roll_practice_pin: { en: 'types a wrong PIN', sw: 'anakosea PIN' },
  roll_practice_silent: { en: 'never answers', sw: 'hajibu' },
  roll_practice_you: { en: 'any other: you answer', sw: 'nyingine yoyote: wewe ujibu' },
  roll_more: {
    en: 'Older sales of today are saved, not shown here',
    sw: 'Mauzo ya awali leo yamehifadhiwa, hayaonyeshwi hapa',
  },
  look_none: { en: 'Nothing to look at', sw: 'Hakuna cha kuangalia' },
  look_some: { en: 'to look at', sw: 'ya kuangalia' },
  line_open: { en: 'Open', sw: 'Wazi' },
  line_sending: { en: 'Sending', sw: 'Inatuma' },
  line_waiting: { en: 'Waiting for PIN', sw: 'Inasubiri PIN' },
  line_not_known: { en: 'Not known yet', sw: 'Bado haijulikani' },
  line_do_not_send: { en: 'do not send again', sw: 'usitume tena' },
  line_awaits: { en: 'only the statement tells', sw: 'statement itaonyesha' },
  line_do_not_pay: { en: 'Tell the customer: no PIN again', sw: 'Mwambie mteja: asiweke PIN tena' },
  line_time_unsure: { en: 'PC’s date was in doubt', sw: 'tarehe ya kompyuta haikuwa ya uhakika' },
  line_checking: { en: 'asking again', sw: 'inauliza tena' },
  line_waiting_till: { en: 'Waiting', sw: 'Inasubiri' },
  line_pays_till: { en: 'pays till', sw: 'analipa kwa till' },
  line_cash: { en: 'Cash', sw: 'Taslimu' },
  line_code: { en: 'Not confirmed', sw: 'Haijathibitishwa' },
  line_no_receipt: { en: 'no code yet', sw: 'bado code' },
  line_change: { en: 'change {change}', sw: 'chenji {change}' },
  line_left: { en: 'left {left}', sw: 'bado {left}' },

  // Why, in short (roll) and in a sentence (counter)
  why_cancelled: { en: 'Cancelled', sw: 'Imeghairiwa' },
  why_cancelled_long: {
    en: 'Cancelled or left too long on the phone',
    sw: 'Imeghairiwa au muda umeisha kwenye simu',
  },
  why_no_answer: { en: 'No answer', sw: 'Haijajibu' },
  why_no_answer_long: { en: 'No answer from the phone', sw: 'Simu haijajibu' },
  why_no_balance: { en: 'No balance', sw: 'Salio halitoshi' },
  why_no_balance_long: {
    en: 'Not enough M-PESA balance. Nothing taken',
    sw: 'Salio la M-PESA halitoshi. Hakuna pesa iliyokatwa',
  },
  why_wrong_pin: { en: 'Wrong PIN', sw: 'PIN si sahihi' },
  why_wrong_pin_long: { en: 'Wrong PIN. Nothing taken', sw: 'PIN si sahihi. Hakuna pesa iliyokatwa' },
  why_limit: { en: 'M-PESA limit', sw: 'Kikomo cha M-PESA' },
  why_below_minimum_long: {
    en: 'Below the smallest M-PESA payment. Nothing taken',
    sw: 'Ni chini ya kiwango cha chini cha M-PESA. Hakuna pesa iliyokatwa',
  },
  why_above_maximum_long: {
    en: 'Above the largest M-PESA payment. Nothing taken',
    sw: 'Ni juu ya kiwango cha juu cha M-PESA. Hakuna pesa iliyokatwa',
  },
  why_daily_limit_long: {
    en: 'This passes the customer’s M-PESA limit for today. Nothing taken',
    sw: 'Mteja amefikia kikomo cha M-PESA cha leo. Hakuna pesa iliyokatwa',
  },
  why_shop_account_full_long: {
    en: 'The shop’s M-PESA account is full. Move money out, then send again',
    sw: 'Akaunti ya M-PESA ya duka imejaa. Toa pesa, kisha tuma tena',
  },
  why_same_again_long: {
    en: 'Same amount to the same phone within two minutes. Look at the roll before sending again',
    sw: 'Kiasi kile kile kwa simu ile ile ndani ya dakika mbili. Angalia orodha kabla ya kutuma tena',
  },
  why_mpesa_busy: { en: 'M-PESA busy', sw: 'M-PESA ina msongamano' },
  why_mpesa_busy_long: {
    en: 'M-PESA is overloaded just now. Let the customer pay the till',
    sw: 'M-PESA ina msongamano sasa. Mteja alipe kwa till',
  },
  why_customer_busy_long: {
    en: 'The customer has another M-PESA request open. Let it end first',
    sw: 'Mteja ana ombi lingine la M-PESA. Limalizike kwanza',
  },
  why_expired: { en: 'Expired', sw: 'Muda umeisha' },
  why_expired_long: { en: 'The prompt’s time ran out', sw: 'Muda wa ombi umeisha' },
  why_prompt_failed: { en: 'No prompt', sw: 'Ombi halikufika' },
  why_prompt_failed_long: {
    en: 'The prompt could not be shown on that phone',
    sw: 'Ombi halikuweza kuonyeshwa kwenye simu hiyo',
  },
  why_customer_locked_long: {
    en: 'The customer’s M-PESA is locked. Another phone or cash works',
    sw: 'M-PESA ya mteja imefungwa. Simu nyingine au taslimu',
  },
  why_till_setup: { en: 'Set-up wrong', sw: 'Mipangilio si sahihi' },
  why_till_setup_long: {
    en: 'The till or paybill number is set up wrongly. Check Settings; let the customer pay the till',
    sw: 'Nambari ya till au paybill haijawekwa sawa. Angalia Mipangilio; mteja alipe kwa till',
  },
  why_not_paid: { en: 'Not paid', sw: 'Haijalipwa' },
  why_other_long: { en: 'M-PESA ended the prompt without paying', sw: 'M-PESA imemaliza ombi bila malipo' },
  why_not_sent: { en: 'Not sent', sw: 'Haikutumwa' },
  why_bad_phone_long: {
    en: 'Safaricom did not accept this phone number. No prompt was made',
    sw: 'Safaricom haikukubali nambari hii ya simu. Hakuna ombi lililotumwa',
  },
  why_bad_amount_long: {
    en: 'Safaricom did not accept this amount. No prompt was made',
    sw: 'Safaricom haikukubali kiasi hiki. Hakuna ombi lililotumwa',
  },
  why_bad_request_long: {
    en: 'Safaricom did not accept the request. No prompt was made',
    sw: 'Safaricom haikukubali ombi hili. Hakuna ombi lililotumwa',
  },
  why_wrong_short_code_long: {
    en: 'These keys belong to another till or paybill. Check Settings. No prompt was made',
    sw: 'Funguo hizi ni za till au paybill nyingine. Angalia Mipangilio. Hakuna ombi lililotumwa',
  },
  why_wrong_passkey_long: {
    en: 'The passkey is not the one of this till or paybill. Check Settings. No prompt was made',
    sw: 'Passkey si ya till au paybill hii. Angalia Mipangilio. Hakuna ombi lililotumwa',
  },
  why_wrong_keys_long: {
    en: 'Safaricom does not know these keys. Check Settings. No prompt was made',
    sw: 'Safaricom haizitambui funguo hizi. Angalia Mipangilio. Hakuna ombi lililotumwa',
  },
  why_too_fast_long: {
    en: 'Too many prompts in one moment. Nothing was sent; send again',
    sw: 'Maombi mengi kwa wakati mmoja. Hakuna kilichotumwa; tuma tena',
  },
  why_quota_long: {
    en: 'Safaricom’s allowance for this app is used up. Let the customer pay the till',
    sw: 'Kiwango cha maombi cha Safaricom kimeisha. Mteja alipe kwa till',
  },
  why_not_offered_long: {
    en: 'M-PESA prompts are not switched on for these keys. Ask Safaricom; let the customer pay the till',
    sw: 'Maombi ya M-PESA hayajawashwa kwa funguo hizi. Uliza Safaricom; mteja alipe kwa till',
  },
  why_no_network_long: {
    en: 'No internet. Nothing was sent; cash and till still work',
    sw: 'Hakuna intaneti. Hakuna kilichotumwa; taslimu na till zinaendelea',
  },
  why_not_secure_long: {
    en: 'No secure connection to Safaricom. Nothing was sent',
    sw: 'Hakuna muunganisho salama na Safaricom. Hakuna kilichotumwa',
  },
  why_clock_wrong_long: {
    en: 'The PC’s date is wrong. Set it, then send again. Nothing was sent',
    sw: 'Tarehe ya kompyuta si sahihi. Irekebishe, kisha tuma tena. Hakuna kilichotumwa',
  },
  why_captive_portal_long: {
    en: 'The internet asks you to sign in first: open a browser. Nothing was sent',
    sw: 'Intaneti inataka uingie kwanza: fungua kivinjari. Hakuna kilichotumwa',
  },
  why_server_trouble_long: {
    en: 'Safaricom’s sign-in does not answer. Nothing was sent; let the customer pay the till',
    sw: 'Mfumo wa Safaricom haujibu. Hakuna kilichotumwa; mteja alipe kwa till',
  },
  why_stopped_before_long: {
    en: 'Keshia stopped before anything was sent',
    sw: 'Keshia ilizimika kabla ya kutuma chochote',
  },
  why_withdrawn_long: {
    en: 'Another number was asked instead. Nothing was sent to this one',
    sw: 'Nambari nyingine imeombwa badala yake. Hakuna ombi lililotumwa kwa hii',
  },
  why_timeout_long: { en: 'Safaricom did not answer in time', sw: 'Safaricom haikujibu kwa wakati' },
  why_connection_lost_long: {
    en: 'The connection broke while the prompt was on its way',
    sw: 'Mtandao ulikatika ombi likiwa njiani',
  },
  why_server_error_long: {
    en: 'Safaricom answered with an error page',
    sw: 'Safaricom imejibu kwa ukurasa wa hitilafu',
  },
  why_unreadable_long: { en: 'Safaricom’s answer could not be read', sw: 'Jibu la Safaricom halikusomeka' },
  why_phone_locked_long: {
    en: 'Safaricom says another prompt is open on that phone',
    sw: 'Safaricom inasema kuna ombi lingine kwenye simu hiyo',
  },
  why_system_busy_long: { en: 'Safaricom says it is busy', sw: 'Safaricom inasema ina msongamano' },
  why_stopped_during_long: {
    en: 'Keshia stopped while the prompt was on its way',
    sw: 'Keshia ilizimika ombi likiwa njiani',
  },
  why_no_result_long: { en: 'Sent, but no result has come', sw: 'Limetumwa, lakini hakuna jibu bado' },

  why_nothing_found_long: {
    en: 'Safaricom’s list of payments shows no payment for this prompt',
    sw: 'Orodha ya malipo ya Safaricom haina malipo ya ombi hili',
  },
  why_persons_word_long: {
    en: 'A person answered that it was not paid',
    sw: 'Mtu amejibu kuwa haikulipwa',
  },

  // Refusals of the shell
  error_amount_invalid: {
    en: 'This amount cannot be taken. Check it',
    sw: 'Kiasi hiki hakikubaliki. Kiangalie',
  },
  error_phone_invalid: {
    en: 'This is not a Kenyan mobile number. Check it',
    sw: 'Hii si nambari ya simu ya Kenya. Iangalie',
  },
  error_code_invalid: { en: 'This is not an M-PESA code. Check it', sw: 'Hii si code ya M-PESA. Iangalie' },
  error_code_used: { en: 'This code already paid another sale', sw: 'Code hii imeshalipa mauzo mengine' },
  error_code_warned: {
    en: 'Read the warning, then press Enter once more',
    sw: 'Soma onyo, kisha bonyeza Enter tena',
  },
  error_push_live: {
    en: 'A prompt to this phone is still open. Wait, or use another way to pay',
    sw: 'Ombi kwa simu hii bado liko wazi. Subiri, au tumia njia nyingine',
  },
  error_sale_ended: { en: 'This sale has already ended', sw: 'Mauzo haya yameshamalizika' },
  error_not_found: { en: 'This sale is not in the book', sw: 'Mauzo haya hayako kwenye kitabu' },
  error_not_connected: {
    en: 'Keshia is not connected to Safaricom. Cash, till and codes work',
    sw: 'Keshia haijaunganishwa na Safaricom. Taslimu, till na code zinafanya kazi',
  },
  error_keys_missing: {
    en: 'The keys are not in this computer’s key store. Connect again in Settings',
    sw: 'Funguo hazipo kwenye kompyuta hii. Unganisha tena kwenye Mipangilio',
  },
  error_wrong_keys: {
    en: 'Safaricom does not know this consumer key and secret. Copy both again',
    sw: 'Safaricom haizitambui consumer key na secret hizi. Zinakili tena',
  },
  error_no_network: {
    en: 'No internet. Check the cable or Wi-Fi',
    sw: 'Hakuna intaneti. Angalia waya au Wi-Fi',
  },
  error_captive_portal: {
    en: 'This internet asks you to sign in first. Open a browser, sign in, try again',
    sw: 'Intaneti hii inataka uingie kwanza. Fungua kivinjari, ingia, jaribu tena',
  },
  error_clock_wrong: {
    en: 'The PC’s date is wrong. Set date and time, then try again',
    sw: 'Tarehe ya kompyuta si sahihi. Rekebisha tarehe na saa, kisha jaribu tena',
  },
  error_server_trouble: {
    en: 'Safaricom does not answer properly just now. Try again in a few minutes',
    sw: 'Safaricom haijibu vizuri sasa. Jaribu tena baada ya dakika chache',
  },
  error_not_secure: {
    en: 'No secure connection to Safaricom. Check the PC’s date and the internet',
    sw: 'Hakuna muunganisho salama na Safaricom. Angalia tarehe na intaneti',
  },
  error_address_invalid: {
    en: 'KESHIA_DARAJA_URL is not an address Keshia may use. Correct it, then start Keshia again',
    sw: 'KESHIA_DARAJA_URL si anwani inayokubalika. Irekebishe, kisha anzisha Keshia tena',
  },
  error_disk_full: {
    en: 'The disk is full. Free some space, then go on: what was saved is safe',
    sw: 'Diski imejaa. Ondoa vitu, kisha endelea: vilivyohifadhiwa viko salama',
  },
  error_disk_read_only: {
    en: 'Keshia may not write to its folder. Allow it, then start Keshia again',
    sw: 'Keshia hairuhusiwi kuandika kwenye folda yake. Iruhusu, kisha ianzishe tena',
  },
  error_disk_error: {
    en: 'The disk answers with an error. Copy Keshia’s folder to a USB stick and call for help',
    sw: 'Diski ina hitilafu. Nakili folda ya Keshia kwenye USB na uombe msaada',
  },
  error_database_newer: {
    en: 'The shop’s book was written by a newer Keshia. Install the newest Keshia; nothing is lost',
    sw: 'Kitabu cha duka kiliandikwa na Keshia mpya zaidi. Sakinisha Keshia mpya; hakuna kilichopotea',
  },
  error_database_corrupt: {
    en: 'The shop’s book is damaged. Do not delete it: copy its folder and call for help',
    sw: 'Kitabu cha duka kimeharibika. Usikifute: nakili folda yake na uombe msaada',
  },
  error_database_in_use: {
    en: 'Another program has the shop’s book open. Close it, then start Keshia again',
    sw: 'Programu nyingine imefungua kitabu cha duka. Ifunge, kisha anzisha Keshia tena',
  },
  error_keyring: {
    en: 'This computer’s key store does not open. Unlock it, or set the keys in the environment',
    sw: 'Hifadhi ya funguo ya kompyuta haifunguki. Ifungue, au weka funguo kwenye environment',
  },
  error_statement: {
    en: 'This is not an M-PESA statement. Export it as CSV, not as Excel or PDF',
    sw: 'Hii si taarifa ya M-PESA. Itoe kama CSV, si Excel wala PDF',
  },
  error_not_allowed: { en: 'Keshia does not allow this here', sw: 'Keshia hairuhusu hili hapa' },
  error_busy: {
    en: 'Keshia is still busy. Press once more in a moment',
    sw: 'Keshia bado inafanya kazi. Bonyeza tena baada ya muda',
  },
  error_internal: {
    en: 'Something went wrong inside Keshia. Nothing saved is lost; start Keshia again',
    sw: 'Kuna hitilafu ndani ya Keshia. Hakuna kilichohifadhiwa kilichopotea; anzisha Keshia tena',
  },
  problem_title: { en: 'Keshia cannot open the till', sw: 'Keshia haiwezi kufungua' },
  problem_note: { en: 'For whoever helps you: {code}', sw: 'Kwa atakayekusaidia: {code}' },
  problem_again: { en: 'Look again', sw: 'Angalia tena' },

  // Closing
  close_title: { en: 'Close Keshia?', sw: 'Funga Keshia?' },
  close_one: { en: 'One payment is still under way:', sw: 'Kuna malipo moja ambayo hayajaisha:' },
  close_many: { en: '{n} payments are still under way:', sw: 'Kuna malipo {n} ambayo hayajaisha:' },
  close_none: { en: 'No payment is under way.', sw: 'Hakuna malipo yanayoendelea.' },
  close_note: {
    en: 'Nothing is lost: they stay in the book, and Keshia asks Safaricom about them when it opens again. The customer may still pay while it is closed.',
    sw: 'Hakuna kitakachopotea: yamo kitabuni, na Keshia itauliza Safaricom ikifunguliwa tena. Mteja bado anaweza kulipa ikiwa imefungwa.',
  },
  close_stay: { en: 'Keep open', sw: 'Iache wazi' },
  close_anyway: { en: 'Close anyway', sw: 'Funga hata hivyo' },

  // Keys
  keys_title: { en: 'All keys', sw: 'Vitufe vyote' },
  keys_close: { en: 'Back to the counter', sw: 'Rudi kwenye kaunta' },
  key_enter: { en: 'What the big button says', sw: 'Kitufe kikubwa kinavyosema' },
  key_esc: {
    en: 'Back, clear, or next customer. Never cancels a prompt',
    sw: 'Rudi, futa, au mteja anayefuata. Haighairi ombi',
  },
  key_arrows: { en: 'Into the roll; Enter opens the sale', sw: 'Kwenye orodha; Enter hufungua mauzo' },
  key_digits: { en: 'Begin the next sale at any time', sw: 'Anza mauzo yanayofuata wakati wowote' },
  key_sum: { en: 'Sums in Amount', sw: 'Hesabu kwenye Kiasi' },
  key_keys: { en: 'These keys', sw: 'Vitufe hivi' },
  key_yes: { en: 'Yes, a message came', sw: 'Ndiyo, ujumbe umefika' },
  key_no: { en: 'No message came', sw: 'Hakuna ujumbe' },
  key_make: { en: 'Make money that came in a sale', sw: 'Iandike pesa iliyoingia kuwa mauzo' },
  key_give: { en: 'Give money that came in to its sale', sw: 'Ipe pesa iliyoingia mauzo yake' },

  // Settings
  set_shop: { en: 'Shop', sw: 'Duka' },
  set_pay_number: { en: 'Number customers pay to', sw: 'Nambari wanayolipa wateja' },
  set_language: { en: 'Language', sw: 'Lugha' },
  set_look: { en: 'Look', sw: 'Mwonekano' },
  set_theme: { en: 'Paper', sw: 'Karatasi' },
  theme_system: { en: 'As the PC', sw: 'Kama kompyuta' },
  theme_light: { en: 'Light', sw: 'Nyeupe' },
  theme_dark: { en: 'Dark', sw: 'Nyeusi' },
  set_text: { en: 'Text size', sw: 'Ukubwa wa maandishi' },
  text_normal: { en: 'Normal', sw: 'Kawaida' },
  text_large: { en: 'Large', sw: 'Kubwa' },
  text_largest: { en: 'Largest', sw: 'Kubwa zaidi' },
  set_sounds: { en: 'Sounds', sw: 'Sauti' },
  sounds_on: { en: 'On', sw: 'Washa' },
  sounds_off: { en: 'Off', sw: 'Zima' },
  sound_look: { en: 'Look here', sw: 'Angalia' },
  set_mpesa: { en: 'M-PESA', sw: 'M-PESA' },
  mpesa_practice: {
    en: 'Practice: the simulator inside Keshia answers.',
    sw: 'Mazoezi: kiigizaji kilicho ndani ya Keshia kinajibu.',
  },
  mpesa_elsewhere: { en: 'Another server answers: {address}', sw: 'Seva nyingine inajibu: {address}' },
  mpesa_today: {
    en: 'Not connected. Customers pay the till from their own phones.',
    sw: 'Haijaunganishwa. Wateja wanalipa kwa till kwa simu zao.',
  },
  mpesa_live: { en: 'Connected to Safaricom.', sw: 'Imeunganishwa na Safaricom.' },
  mpesa_sandbox: { en: 'Connected to Safaricom’s sandbox.', sw: 'Imeunganishwa na sandbox ya Safaricom.' },
  mpesa_broken: {
    en: 'Keys are missing: prompts cannot be sent.',
    sw: 'Funguo hazipo: maombi hayawezi kutumwa.',
  },
  keys_keyring: { en: 'Keys: in this computer’s key store', sw: 'Funguo: kwenye hifadhi ya kompyuta hii' },
  keys_environment: {
    en: 'Keys: from the environment, because there is no key store here',
    sw: 'Funguo: kutoka environment, kwa sababu hakuna hifadhi ya funguo hapa',
  },
  keys_none: { en: 'Keys: none', sw: 'Funguo: hakuna' },
  keys_practice: { en: 'Keys: none needed for practice', sw: 'Funguo: hazihitajiki kwa mazoezi' },
  set_statement: { en: 'M-PESA statement', sw: 'Taarifa ya M-PESA' },
  statement_why: {
    en: 'Exported from Safaricom’s organisation portal as CSV, it proves payments of any age.',
    sw: 'Ikitolewa kwenye tovuti ya mashirika ya Safaricom kama CSV, inathibitisha malipo ya wakati wowote.',
  },
  statement_choose: { en: 'Choose the file', sw: 'Chagua faili' },
  statement_reading: { en: 'Reading…', sw: 'Inasoma…' },
  statement_read: {
    en: 'Payments: {payments} · in the book already: {known} · proved now: {found}',
    sw: 'Malipo: {payments} · tayari kitabuni: {known} · yamethibitishwa sasa: {found}',
  },
  statement_ended: {
    en: 'Prompts proved unpaid: {dead} · for a person to place: {questions} · of no sale here: {elsewhere}',
    sw: 'Maombi yasiyolipwa: {dead} · ya kupangwa na mtu: {questions} · si ya mauzo ya hapa: {elsewhere}',
  },
  statement_reversed: {
    en: 'Taken back by M-PESA: {reversed}. Look at them on the roll',
    sw: 'Yaliyorudishwa kwa wateja: {reversed}. Yaangalie kwenye orodha',
  },
  statement_not_whole: {
    en: 'Keshia cannot see that it is this till’s and whole, so what it lacks proves nothing.',
    sw: 'Keshia haiwezi kuona kuwa ni ya till hii na ni kamili, kwa hiyo kinachokosekana hakithibitishi kitu.',
  },
  statement_missing: {
    en: 'M-PESA does not know this code · {amount} · sale {reference}',
    sw: 'M-PESA haijui code hii · {amount} · mauzo {reference}',
  },
  set_relay: { en: 'Relay and counters', sw: 'Relay na kaunta' },
  relay_why: {
    en: 'A relay brings what Safaricom posts, so that payments show at once. Paste the pairing line from its operator or from a paired counter.',
    sw: 'Relay huleta taarifa za Safaricom, ili malipo yaonekane mara moja. Bandika laini ya kuunganisha kutoka kwa mwendeshaji wake au kaunta iliyounganishwa.',
  },
  relay_paste: { en: 'Pairing line', sw: 'Laini ya kuunganisha' },
  relay_pair: { en: 'Pair', sw: 'Unganisha' },
  relay_unpair: { en: 'End pairing', sw: 'Ondoa muunganisho' },
  relay_another: { en: 'Let another counter in', sw: 'Unganisha kaunta nyingine' },
  relay_line_note: {
    en: 'Paste this on the other counter within ten minutes. It holds the shop’s secret: show it to nobody else.',
    sw: 'Bandika hii kwenye kaunta nyingine ndani ya dakika kumi. Ina siri ya duka: usimwonyeshe mtu mwingine.',
  },
  relay_heard: { en: 'last heard {s} s ago', sw: 'ilisikika sekunde {s} zilizopita' },
  relay_not_yet: { en: 'not heard yet', sw: 'bado haijasikika' },
  relay_unreachable: {
    en: 'does not answer. Keshia asks Safaricom meanwhile.',
    sw: 'haijibu. Keshia inauliza Safaricom kwa sasa.',
  },
  relay_not_let_in: {
    en: 'does not let this counter in any more. Pair it again.',
    sw: 'haikubali kaunta hii tena. Iunganishe upya.',
  },
  relay_chain_refused: {
    en: 'has seen a longer book of this counter. Is this an old copy? Ask the owner.',
    sw: 'imeona kitabu kirefu zaidi cha kaunta hii. Je, hii ni nakala ya zamani? Muulize mwenye duka.',
  },
  relay_here: {
    en: 'is heard, but this PC’s disk refuses to write.',
    sw: 'inasikika, lakini diski ya kompyuta hii inakataa kuandika.',
  },
  relay_addresses: {
    en: 'Addresses for customers’ own payments, to be registered at Safaricom:',
    sw: 'Anwani za malipo ya wateja wenyewe, za kusajiliwa Safaricom:',
  },
  relay_counts: {
    en: 'Posts that fit nothing here: {strange}. Not readable: {aside}. Not kept long enough: {missed}.',
    sw: 'Taarifa zisizohusika hapa: {strange}. Zisizosomeka: {aside}. Zilizopitwa na muda: {missed}.',
  },
  owner_why: {
    en: 'The owner’s phone: scan once, and it shows this counter’s day wherever there is internet. Whoever has the link reads the day; a new link ends the old one.',
    sw: 'Simu ya mwenye duka: skani mara moja, na itaonyesha siku ya kaunta hii popote palipo na intaneti. Mwenye kiungo anaona siku; kiungo kipya huondoa cha zamani.',
  },
  owner_make: { en: 'New link for the owner’s phone', sw: 'Kiungo kipya cha simu ya mwenye duka' },
  owner_drop: { en: 'Take the page away', sw: 'Ondoa ukurasa' },
  relay_limit: {
    en: 'Above this amount (KSh) Safaricom itself must confirm',
    sw: 'Zaidi ya kiasi hiki (KSh) Safaricom yenyewe lazima ithibitishe',
  },
  sharing_title: { en: 'Counters on this number', sw: 'Kaunta kwenye nambari hii' },
  sharing_alone: { en: 'This is the only counter', sw: 'Hii ndiyo kaunta pekee' },
  sharing_collector: {
    en: 'There are others; this one collects what customers pay by themselves',
    sw: 'Kuna nyingine; hii ndiyo inayopokea malipo ya wateja wenyewe',
  },
  sharing_own_only: {
    en: 'Another counter collects; this one takes its own prompts only',
    sw: 'Kaunta nyingine hupokea; hii inachukua malipo ya maombi yake tu',
  },
  sharing_claims: {
    en: 'The counters settle through the relay which of them has a payment.',
    sw: 'Kaunta huamua kupitia relay ni ipi iliyo na malipo.',
  },
  counter_letter: { en: 'Letter of this counter', sw: 'Herufi ya kaunta hii' },
  till_checking: {
    en: 'A payment came. The other counters are being asked whether it is theirs.',
    sw: 'Malipo yamefika. Kaunta nyingine zinaulizwa kama ni yao.',
  },
  money_hint: {
    en: 'Safaricom has not shown it yet',
    sw: 'Safaricom bado haijaionyesha',
  },
  set_list: { en: 'Safaricom’s list', sw: 'Orodha ya Safaricom' },
  list_on: {
    en: 'On: Keshia reads Safaricom’s own list of payments.',
    sw: 'Imewashwa: Keshia inasoma orodha ya malipo ya Safaricom.',
  },
  list_seen_to: { en: 'shows every payment up to {time}', sw: 'inaonyesha malipo yote hadi {time}' },
  list_asked: {
    en: 'Asked. What it shows appears on the roll.',
    sw: 'Imeombwa. Itakachoonyesha kitaonekana kwenye orodha ya mauzo.',
  },
  list_off: {
    en: 'Off. When Safaricom’s answer is lost, nobody but a statement can tell whether the customer paid; and a payment that Safaricom only calls paid stays without its M-PESA code.',
    sw: 'Imezimwa. Jibu la Safaricom likipotea, ni statement pekee itakayoonyesha kama mteja alilipa; na malipo ambayo Safaricom inasema tu yamelipwa hubaki bila code ya M-PESA.',
  },
  list_switch: {
    en: 'To switch it on, run this once on this PC:',
    sw: 'Ili kuiwasha, endesha hii mara moja kwenye kompyuta hii:',
  },
  connect_again: { en: 'Change the keys', sw: 'Badilisha funguo' },
  set_doctor: { en: 'Set-up doctor and go-live list', sw: 'Daktari wa mipangilio na orodha ya go-live' },
  set_addresses: { en: 'Addresses for payments', sw: 'Anwani za malipo' },
  leave_practice: { en: 'Leave practice', sw: 'Maliza mazoezi' },
  leave_practice_note: {
    en: 'Back to the three doors. Practice sales stay in their own book.',
    sw: 'Rudi kwenye milango mitatu. Mauzo ya mazoezi yanabaki kwenye kitabu chake.',
  },
  log_title: { en: 'What Keshia said to Safaricom', sw: 'Keshia ilichoiambia Safaricom' },
  log_note: {
    en: 'For Safaricom’s support: without keys and names, of each phone only the last 3 digits.',
    sw: 'Kwa usaidizi wa Safaricom: bila funguo na majina, nambari 3 za mwisho za kila simu tu.',
  },
  log_show: { en: 'Show the newest', sw: 'Onyesha ya karibuni' },
  log_older: { en: 'Older', sw: 'Ya awali' },
  log_empty: {
    en: 'Keshia has not spoken with Safaricom yet.',
    sw: 'Keshia bado haijawasiliana na Safaricom.',
  },
  log_export: { en: 'Write a file for support', sw: 'Andika faili ya usaidizi' },
  log_exported: { en: 'Written: {path}', sw: 'Imeandikwa: {path}' },
  log_took: { en: '{s} s', sw: 'sek {s}' },
  log_token: { en: 'Signed in', sw: 'Iliingia' },
  log_push: { en: 'Asked a phone for money', sw: 'Ilituma ombi kwa simu' },
  log_question: { en: 'Asked about a prompt', sw: 'Iliuliza kuhusu ombi' },
  log_pull: { en: 'Read the list of payments', sw: 'Ilisoma orodha ya malipo' },
  log_register: { en: 'Said where notices go', sw: 'Ilisema taarifa ziende wapi' },
  log_simulate: { en: 'Played a customer', sw: 'Iliigiza mteja' },
  log_other: { en: 'Another request', sw: 'Ombi lingine' },
  log_accepted: { en: 'Accepted', sw: 'Limekubaliwa' },
  log_pending: { en: 'Still under way', sw: 'Bado linaendelea' },
  log_refused: { en: 'Safaricom did not take it', sw: 'Safaricom haikulipokea' },
  set_about: { en: 'About', sw: 'Kuhusu' },
  about: { en: 'Keshia {version}', sw: 'Keshia {version}' },
  saved: { en: 'Saved', sw: 'Imehifadhiwa' },
} as const satisfies Record<string, { readonly en: string; readonly sw: string }>;

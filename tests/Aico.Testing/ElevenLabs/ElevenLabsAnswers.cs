namespace Aico.Testing.ElevenLabs;

/// <summary>Answers of ElevenLabs' lists, with the fields that its own client insists on.</summary>
internal static class ElevenLabsAnswers
{
    public const string User = """
        {"user_id":"u","workspace_id":"w","is_new_user":false,"can_use_delayed_payment_methods":false,"is_onboarding_completed":true,"is_onboarding_checklist_completed":true,
         "created_at":1700000000,"seat_type":"workspace_admin","first_name":"A",
         "subscription":{"tier":"creator","character_count":120,"character_limit":100000,"max_credit_limit_extension":"unlimited",
          "can_extend_character_limit":true,"allowed_to_extend_character_limit":true,"voice_slots_used":1,"professional_voice_slots_used":0,
          "professional_voice_slots_used_in_workspace":0,"voice_limit":30,"voice_add_edit_counter":0,"professional_voice_limit":1,"can_extend_voice_limit":false,
          "can_use_instant_voice_cloning":true,"can_use_professional_voice_cloning":true,"current_overage":{"amount":"0","currency":"usd"},"status":"active"}}
        """;

    public const string Models = """
        [{"model_id":"eleven_flash_v2_5","name":"Eleven Flash v2.5","can_do_text_to_speech":true,"languages":[{"language_id":"en","name":"English"},{"language_id":"de","name":"German"}],
          "maximum_text_length_per_request":40000,"model_rates":{"character_cost_multiplier":0.5},"concurrency_group":"turbo"},
         {"model_id":"eleven_english_sts_v2","name":"Eleven English v2","can_do_text_to_speech":false,"languages":[{"language_id":"en","name":"English"}]}]
        """;

    public const string Voice = """
        {"voice_id":"JBFqnCBsd6RMkjVDRZzb","name":"George","category":"premade","labels":{"accent":"british","age":"middle_aged","gender":"male","language":"en"},
         "preview_url":"https://static.example.com/george.mp3"}
        """;

    private const string Other = """{"voice_id":"other-voice","name":"Anna","category":"cloned","labels":{},"preview_url":null}""";

    /// <summary>Two pages of one voice each.</summary>
    public static string Voices(string token) => token == "second"
        ? $$"""{"voices":[{{Other}}],"has_more":false,"total_count":2,"next_page_token":null}"""
        : $$"""{"voices":[{{Voice}}],"has_more":true,"total_count":2,"next_page_token":"second"}""";
}

namespace Aico.Host.Organizations.Secrets;

/// <summary>How keys are written down.</summary>
internal static class MasterKeyText
{
    /// <exception cref="MasterKeyException">A line is no key, or there is none.</exception>
    public static IReadOnlyList<MasterKey> Parse(string text, string place)
    {
        var keys = new List<MasterKey>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                // The line is not shown: it may be a key with one wrong letter.
                keys.Add(MasterKey.Parse(line) ?? throw new MasterKeyException(
                    $"{place} has no key in entry {number}: expected {MasterKey.Length} bytes in base64, as \"openssl rand -base64 {MasterKey.Length}\" makes them."));
            }
        }

        return keys.Count > 0 ? keys : throw new MasterKeyException($"{place} holds no key: expected {MasterKey.Length} bytes in base64.");
    }
}

namespace MlNetRecurrent.Samples.Tests.Guide;

/// <summary>The events of a session, for the page on classification: three failed logins in a row are an attack.</summary>
public class Session
{
    // One event per step.
    public string[] Events { get; set; } = [];

    public bool IsAttack { get; set; }

    public static IEnumerable<Session> Generate(int count, int seed)
    {
        string[] kinds = ["login", "fail", "read", "write"];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string[] events = [.. Enumerable.Range(0, random.Next(8, 16)).Select(_ => kinds[random.Next(kinds.Length)])];
            int attack = random.Next(events.Length - 2);
            if (i % 2 == 0)
                events.AsSpan(attack, 3).Fill("fail");
            bool isAttack = string.Concat(events).Contains("failfailfail", StringComparison.Ordinal);
            yield return new Session { Events = events, IsAttack = isAttack };
        }
    }
}

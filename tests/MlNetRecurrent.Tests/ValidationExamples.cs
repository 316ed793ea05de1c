namespace MlNetRecurrent.Tests;

/// <summary>Examples of which the last ones validate.</summary>
internal static class ValidationExamples
{
    public const int Count = 200, Trained = 150;

    public static RecurrentOptions Options()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 6;
        options.NumberOfFeatures = 3;
        options.BatchSize = 20;
        options.ValidationFraction = 1 - (double)Trained / Count;
        options.ValidateOnLastRows = true;
        return options;
    }

    /// <summary>Examples, some of which have a label that says nothing.</summary>
    public static Example[] Generate(double noise)
    {
        Example[] rows = Example.Generate(Count);
        var random = new Random(2);
        foreach (Example row in rows)
        {
            if (random.NextDouble() < noise)
                row.Label = Example.Classes[random.Next(3)];
        }
        return rows;
    }
}

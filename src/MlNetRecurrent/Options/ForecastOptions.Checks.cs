using MlNetRecurrent.Checks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <content>Checks of the options.</content>
public sealed partial class ForecastOptions
{
    private const int MostSize = 1 << 16, MostContext = 1 << 20;

    /// <exception cref="ArgumentException">An option cannot be.</exception>
    internal void Validate()
    {
        OptionCheck.ThatNamesAreGiven(TargetColumnNames, nameof(TargetColumnNames));
        ArgumentNullException.ThrowIfNull(PastColumnNames);
        ArgumentNullException.ThrowIfNull(KnownAheadColumnNames);
        ArgumentNullException.ThrowIfNull(StaticColumnNames);
        ArgumentNullException.ThrowIfNull(Quantiles);
        ArgumentNullException.ThrowIfNull(Layers);
        ValidateRoles();
        OptionCheck.That(Horizon is >= 1 and <= MostSize, nameof(Horizon), Horizon, "between 1 and 65536");
        OptionCheck.That(ContextLength is >= 1 and <= MostContext, nameof(ContextLength), ContextLength, "between 1 and 1048576");
        OptionCheck.That(DecoderSize is >= 1 and <= MostSize, nameof(DecoderSize), DecoderSize, "between 1 and 65536");
        OptionCheck.That(EmbeddingSize is >= 1 and <= MostSize, nameof(EmbeddingSize), EmbeddingSize, "between 1 and 65536");
        OptionCheck.That(Enum.IsDefined(Scaling), nameof(Scaling), Scaling, ListNames<ForecastScaling>());
        OptionCheck.That(Enum.IsDefined(Loss), nameof(Loss), Loss, ListNames<ForecastLoss>());
        ValidateQuantiles();
        ValidateLayers();
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        ValidateOptimization();
        OptionCheck.That(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction, "at least 0 and below 1");
        OptionCheck.That(
            EarlyStoppingPatience >= 0 && (EarlyStoppingPatience == 0 || ValidationFraction > 0), nameof(EarlyStoppingPatience),
            EarlyStoppingPatience, $"at least 0, and 0 where {nameof(ValidationFraction)} is 0");
        ValidateExecution();
    }

    private void ValidateRoles()
    {
        var roles = new Dictionary<string, string>();
        foreach ((string role, string name) in NamesByRole())
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, role);
            if (!roles.TryAdd(name, role))
            {
                throw roles[name] == role
                    ? new ArgumentException($"The column '{name}' is named twice in {role}.", role)
                    : TwoRoles(name, roles[name], role);
            }
        }
        ThrowIfTarget(SeriesColumnName, nameof(SeriesColumnName));
        ThrowIfTarget(TimeColumnName, nameof(TimeColumnName));
        if (SeriesColumnName is not null && SeriesColumnName == TimeColumnName)
            throw TwoRoles(SeriesColumnName, nameof(SeriesColumnName), nameof(TimeColumnName));
    }

    /// <summary>The series or the time may be read as a number or a key, too, but cannot be forecast.</summary>
    private void ThrowIfTarget(string? name, string role)
    {
        if (name is not null && TargetColumnNames.Contains(name))
            throw TwoRoles(name, nameof(TargetColumnNames), role);
    }

    private static ArgumentException TwoRoles(string name, string first, string second) =>
        new($"The column '{name}' is in {first} and in {second}; a column has one role.", second);

    private IEnumerable<(string Role, string Name)> NamesByRole() =>
    [
        .. TargetColumnNames.Select(name => (nameof(TargetColumnNames), name)),
        .. PastColumnNames.Select(name => (nameof(PastColumnNames), name)),
        .. KnownAheadColumnNames.Select(name => (nameof(KnownAheadColumnNames), name)),
        .. StaticColumnNames.Select(name => (nameof(StaticColumnNames), name)),
    ];

    private void ValidateQuantiles()
    {
        for (int i = 0; i < Quantiles.Count; i++)
        {
            OptionCheck.That(
                Quantiles[i] is > 0 and < 1 && (i == 0 || Quantiles[i] > Quantiles[i - 1]), nameof(Quantiles), Quantiles[i],
                "above 0 and below 1, each above the one before");
        }
        OptionCheck.That(
            Quantiles.Count == 0 || Loss == ForecastLoss.SquaredError, nameof(Loss), Loss, $"unset with {nameof(Quantiles)}");
    }

    private void ValidateLayers()
    {
        OptionCheck.That(
            Layers.Count is > 0 and <= NetworkDefinition.MostLayers, nameof(Layers), Layers.Count, "a list of 1 to 999 layers");
        for (int i = 0; i < Layers.Count; i++)
        {
            string name = $"{nameof(Layers)}[{i}]";
            (Layers[i] ?? throw new ArgumentNullException(name)).Validate(name, everyStep: true);
            OptionCheck.That(
                Layers[i].Definition.CanBeCut, name, Layers[i],
                "a layer in one direction that joins no steps and has no stacks: a forecast goes on from the state after each row");
        }
    }
}

using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Checks that the columns for quantities inside the network do not hide other columns.</summary>
internal static class InsideColumnCheck
{
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static void ThrowIfTaken(RecurrentOptions options, RecurrentTask task)
    {
        List<(string? Name, string Owner)> taken =
        [
            (options.LabelColumnName, nameof(options.LabelColumnName)), (options.FeatureColumnName, nameof(options.FeatureColumnName)),
            .. options.FeatureColumnNames.Skip(1).Select(name => ((string?)name, nameof(options.FeatureColumnNames))),
            .. options.StaticColumnNames.Select(name => ((string?)name, nameof(options.StaticColumnNames))),
            (options.ExampleWeightColumnName, nameof(options.ExampleWeightColumnName)),
            .. task.OutputNames.Select(name => ((string?)name, "a column that the trainer adds")),
        ];
        Check(options.EncodingColumnName, nameof(options.EncodingColumnName));
        taken.Add((options.EncodingColumnName, nameof(options.EncodingColumnName)));
        Check(options.StackActionsColumnName, nameof(options.StackActionsColumnName));

        void Check(string? name, string option)
        {
            foreach ((string? other, string owner) in taken)
            {
                if (name is not null && name == other)
                    throw new ArgumentException($"{option} is '{name}', which is the name of {owner} too; it must be another.", option);
            }
        }
    }
}

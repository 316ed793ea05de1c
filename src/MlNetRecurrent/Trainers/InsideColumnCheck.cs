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
            .. options.AdditionalOutputs.Select(output => ((string?)output.LabelColumnName, nameof(options.AdditionalOutputs))),
            .. options.AdditionalOutputs.SelectMany(output => OutputNames(output))
                .Select(name => ((string?)name, "a column that the trainer adds")),
            .. task.OutputNames.Select(name => ((string?)name, "a column that the trainer adds")),
        ];
        Check(options.EncodingColumnName, nameof(options.EncodingColumnName));
        taken.Add((options.EncodingColumnName, nameof(options.EncodingColumnName)));
        Check(options.StackActionsColumnName, nameof(options.StackActionsColumnName));

        static IEnumerable<string> OutputNames(AdditionalOutput output) => output.TaskFor(ofSteps: false, isVector: false).OutputNames
            .Select(name => JointOutput.NameOf(output.Name, name));

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
